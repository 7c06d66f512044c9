import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Keep } from "../../components/keep";
import { loadConfig } from "../../components/settings/stackFile";
import { signIn } from "../../tools/export/api";
import { writeContent } from "../../tools/export/main";
import { deploy, type Deployed } from "../support/harness";
import { secretValue } from "./container";
import type { Running } from "./process";
import { need } from "./programs";
import { API, SQLITE_STACK, startApi } from "./sqliteFile";

const ROOT = join(__dirname, "../..");

/** What somebody makes in Keep by hand, with what files have to keep: an order of keys, YAML 1.1, characters, a switch. */
const WORKFLOW = `workflow:
  id: say-hello
  name: Say "hello" – ümlaut
  description: Multi
  triggers:
    - type: interval
      value: 3600
  actions:
    - name: say
      provider:
        type: console
        with:
          at: "12:30"
          text: "yes"
          message: |
            {{ alert.name }}
            # no comment
`;
const MAPPING = {
    name: "Teams / EU",
    description: "Who is on call",
    priority: 3,
    matchers: [["service", "region"]],
    rows: [{ service: "api", region: "eu", team: "012" }],
};
const DASHBOARD = {
    dashboard_name: "Überblick",
    dashboard_config: { widget_data: [{ i: "w-1", preset: { id: "feed" } }], layout: [{ x: 0, y: 1 }] },
};

describe("the export of Keep's real API", function () {
    this.bail(true);
    const running: Running[] = [];

    before(function () {
        need(this, "python");
    });

    after(async () => {
        for (const it of running) {
            await it.stop();
        }
    });

    /** Starts an API on an empty database, after the setup step of this stack. */
    async function startKeep(database: string, config: Record<string, string>): Promise<Deployed<Keep>> {
        const release = await deploy(() => new Keep("keep", loadConfig()), { config: { ...SQLITE_STACK, ...config } });
        await startApi(release, database, running, (setup) => withFiles(release, setup));
        return release;
    }

    const accessTo = (release: Deployed<Keep>) => ({
        VERIFY_USERNAME: "keep",
        VERIFY_PASSWORD: secretValue(release, "keep.setup", "first-user-password"),
    });

    it("gives the same files after they are deployed to an empty Keep", async () => {
        const first = await startKeep("/tmp/keep-first.db", {});
        const api = await signIn(API, accessTo(first));
        const { accessToken } = (await api("/signin", {
            username: "keep",
            password: secretValue(first, "keep.setup", "first-user-password"),
        })) as { accessToken: string };
        const send = async (method: string, path: string, body: string) => {
            const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
            const response = await fetch(`${API}${path}`, { method, headers, body });
            assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`);
            return (await response.json()) as { workflow_id?: string };
        };
        const { workflow_id: id = "" } = await send("POST", "/workflows/json", WORKFLOW);
        await send("PUT", `/workflows/${id}/toggle`, "{}");
        await send("POST", "/workflows/json", WORKFLOW.replaceAll("hello", "goodbye"));
        await send("POST", "/mapping", JSON.stringify(MAPPING));
        await send("POST", "/dashboard", JSON.stringify(DASHBOARD));

        const lines = await writeContent(api, ROOT, "exported/first");
        const settings = {
            workflows: "exported/first/workflows",
            mappings: "exported/first/mappings",
            dashboards: "exported/first/dashboards",
        };
        assert.deepEqual(lines.slice(0, 3), ["workflows: 2 files", "mappings: 1 file", "dashboards: 1 file"]);
        assert.match(filesIn("exported/first")["workflows/say-hello-ümlaut.yaml"] ?? "", /^ {2}disabled: true$/m);
        await running.pop()?.stop();

        const second = await startKeep("/tmp/keep-second.db", { "keep:provision": JSON.stringify(settings) });
        await writeContent(await signIn(API, accessTo(second)), ROOT, "exported/second");

        assert.deepEqual(filesIn("exported/second"), filesIn("exported/first"));
    });
});

function filesIn(folder: string): Record<string, string> {
    const root = join(ROOT, folder);
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, "utf8")]));
}

interface Mounting {
    readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

/** Puts the ConfigMaps that a container mounts where it looks for them: its own volumes of test/real are empty. */
function withFiles<C extends Mounting>(release: Deployed<unknown>, container: C): C {
    const maps = new Map(release.all("ConfigMap").map(({ inputs }) => [inputs.metadata.name, inputs.data]));
    const isMap = ({ name }: { readonly name: string }) => maps.has(`keep-${name}`);
    for (const { name, mountPath } of container.volumeMounts.filter(isMap)) {
        mkdirSync(mountPath, { recursive: true });
        Object.entries(maps.get(`keep-${name}`) ?? {}).forEach(([file, text]) => {
            writeFileSync(join(mountPath, file), text);
        });
    }
    return { ...container, volumeMounts: container.volumeMounts.filter((mount) => !isMap(mount)) };
}
