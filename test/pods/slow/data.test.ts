import assert from "node:assert/strict";

import { z } from "zod";

import { testCluster } from "../../cluster/connection";
import { assertAlertArrives } from "../assertions/alert";
import { Client } from "../support/client";
import { contentsOf } from "../support/contents";
import { healthFindings } from "../support/health";
import { DeployedKeep, EDGE } from "../support/keep";
import { storeAlerts, told, underLoad } from "../support/load";
import { blocksUnder, runBash } from "../support/recipe";
import { smallProd } from "../support/stacks";

const SETTINGS = smallProd({
    backup: { kind: "volume", count: 2, volume: { size: "1Gi" } },
    retention: { days: 90 },
});

describe("the data of prod", function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let keep: DeployedKeep;
    let client: Client;

    before(async () => {
        keep = await DeployedKeep.of(cluster, SETTINGS);
        assert.deepEqual((await keep.deploy()).findings, []);
        client = await Client.start(cluster, EDGE);
    });

    after(() => keep.remove());

    it("is what it was when the backup was made, after a restore as docs/backup.md has it", async () => {
        await storeAlerts(keep, client, "before", 40);
        const before = await contentsOf(keep);
        const [backUp = ""] = blocksUnder("backup.md", "Backup and restore");
        await runBash(
            cluster,
            `${backUp}\nkubectl -n keep wait --for=condition=complete --timeout=5m job/keep-backup-now`,
        );
        const { printed } = await runBash(cluster, "kubectl -n keep logs job/keep-backup-now -c dump");
        const [, dump = ""] = /^wrote (\S+)$/m.exec(printed) ?? [];
        await storeAlerts(keep, client, "after", 20);
        assert.notDeepEqual(await contentsOf(keep), before);

        const [stop = "", restore = "", start = ""] = blocksUnder("backup.md", "Restore a dump");
        await runBash(cluster, stop);
        const named = restore.replace(/^FILE=\S+/m, `FILE=${dump}`);
        assert.notEqual(named, restore);
        const restored = await runBash(cluster, named);
        assert.match(restored.printed, /^job\.batch\/keep-restore condition met$/m);
        const { pulumi } = await runBash(cluster, start);
        assert.deepEqual(
            pulumi.map(({ command }) => command),
            ["up --refresh"],
        );
        assert.deepEqual((await keep.deploy(keep.objects)).findings, []);
        assert.deepEqual(await contentsOf(keep), before);
        await assertAlertArrives(keep, client);
    });

    it("loses its old alerts, and no other, when the retention Job runs as docs/retention.md has it", async () => {
        await storeAlerts(keep, client, "old", 15);
        for (const name of ["alert", "lastalert", "alertaudit"]) {
            const sql = `update ${name} set timestamp = timestamp - interval '91 days' where starts_with(fingerprint, 'old-') returning 1`;
            await keep.rows(sql, z.unknown());
        }
        const countOf = async (prefix: string) =>
            [...(await keep.storedAlerts()).keys()].filter((fingerprint) => fingerprint.startsWith(`${prefix}-`))
                .length;
        assert.deepEqual([await countOf("old"), await countOf("before")], [15, 40]);

        const [commands = ""] = blocksUnder("retention.md", "Delete old alerts");
        const { printed } = await runBash(cluster, commands);
        const [line = ""] = /^\{.*\}$/m.exec(printed) ?? [];
        assert.match(line, /"lastalert": 15\b/);
        assert.deepEqual([await countOf("old"), await countOf("before")], [0, 40]);
    });

    it("opens with another password while alerts come in, and none that was accepted is lost", async () => {
        const password = "masked-and-changed";
        const next = await DeployedKeep.of(cluster, SETTINGS, { secrets: { databasePassword: password } });
        const measured = await underLoad(next, client, 3, async () => {
            assert.deepEqual((await next.deploy(keep.objects)).findings, []);
        });
        console.log(`      ${told(measured)}`);
        assert.equal(measured.stored, measured.accepted);
        keep = next;
        assert.match(
            await keep.python('import os; print(os.environ["DATABASE_CONNECTION_STRING"])'),
            /masked-and-changed/,
        );
        assert.deepEqual(await healthFindings(cluster.client, "keep"), []);
    });
});
