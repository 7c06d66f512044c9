import assert from "node:assert/strict";

import { deployKeep } from "../support/config";
import { podOf } from "../support/objects";
import { startContainer } from "./container";
import { answers, start } from "./process";
import { need, pathOf } from "./programs";
import { onSqliteFile, startSetup } from "./sqliteFile";

const FILE = "/tmp/keep-watcher.db";

/** Dismisses one alert until a time that has passed, and another one until a time to come. */
const DISMISS = `
import datetime, json, sqlite3, uuid
connection = sqlite3.connect("${FILE}")
for fingerprint, hours in (("past", -1), ("future", 1)):
    until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
    enrichments = {"dismissed": True, "dismissUntil": until.strftime("%Y-%m-%dT%H:%M:%S.000Z")}
    connection.execute(
        "insert into alertenrichment (id, tenant_id, timestamp, alert_fingerprint, enrichments) values (?, 'keep', ?, ?, ?)",
        (uuid.uuid4().hex, datetime.datetime.now().isoformat(" "), fingerprint, json.dumps(enrichments)),
    )
connection.commit()
`;

const READ = `
import json, sqlite3
rows = sqlite3.connect("${FILE}").execute("select alert_fingerprint, enrichments from alertenrichment")
print(json.dumps({name: json.loads(enrichments)["dismissed"] for name, enrichments in rows}))
`;

describe("Keep's watcher beside the API, as its rendered container says", () => {
    before(function () {
        need(this, "python");
    });

    it("ends a dismissal whose time has passed, leaves others, and stops when it is asked to", async () => {
        const release = await deployKeep({ secretStore: { kind: "database" } });
        const pod = podOf(release.resources, "backend").spec;
        const container = pod.containers.find(({ name }) => name === "watcher");
        assert.ok(container !== undefined);
        const { env = [], volumeMounts = [] } = container;
        await startSetup(release, FILE).finished();
        await python(DISMISS);
        const dismissed = async () => JSON.parse(await python(READ)) as Readonly<Record<string, boolean>>;
        assert.deepEqual(await dismissed(), { past: true, future: true });

        const watcher = startContainer(release, onSqliteFile(pod, { ...container, env, volumeMounts }, FILE));
        await watcher.until(async () => (await dismissed()).past === false, 120);
        assert.equal((await dismissed()).future, true);
        assert.ok(await answers("http://127.0.0.1:9103/"));
        assert.ok((await watcher.stop()) < (pod.terminationGracePeriodSeconds ?? 0));
    });
});

/** Runs a text of Python, and returns what it prints. */
async function python(text: string): Promise<string> {
    return await start(pathOf("python"), ["-c", text]).finished();
}
