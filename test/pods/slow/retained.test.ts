import assert from "node:assert/strict";

import { nameOf } from "../../cluster/api/apply";
import { testCluster } from "../../cluster/connection";
import { assertAlertArrives } from "../assertions/alert";
import { Client } from "../support/client";
import { alertsOf } from "../support/contents";
import { DeployedKeep, EDGE } from "../support/keep";
import { storeAlerts } from "../support/load";
import { blocksUnder, runBash } from "../support/recipe";
import { smallProd } from "../support/stacks";

const SETTINGS = smallProd({ database: { kind: "postgres", volume: { size: "1Gi", retain: true } } });

describe("prod with a volume that is retained", function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let keep: DeployedKeep;
    let alerts: readonly unknown[];

    before(async () => {
        keep = await DeployedKeep.of(cluster, SETTINGS);
        assert.deepEqual((await keep.deploy()).findings, []);
        await storeAlerts(keep, await Client.start(cluster, EDGE), "retained", 30);
        alerts = await alertsOf(keep, "retained");
        assert.equal(alerts.length, 30);
    });

    after(() => keep.remove());

    it("leaves the objects that docs/retained-data.md lists", async () => {
        const left = await keep.destroy();
        assert.deepEqual(left.map(nameOf).sort(), [
            "Namespace keep",
            "Namespace keep-secrets",
            "PersistentVolumeClaim keep/keep-postgres",
            "Secret keep/keep.database",
        ]);
    });

    it("has its alerts after the way back, with the password that was retained", async () => {
        const [passwords = ""] = blocksUnder("retained-data.md", "Reattach the data");
        const { pulumi } = await runBash(cluster, passwords);
        const databasePassword = pulumi.find(({ command }) => command.endsWith("keep:databasePassword"))?.input ?? "";
        assert.notEqual(databasePassword, "");
        keep = await DeployedKeep.of(cluster, SETTINGS, { secrets: { databasePassword } });
        assert.deepEqual((await keep.deploy([])).findings, []);
        assert.deepEqual(await alertsOf(keep, "retained"), alerts);
        await assertAlertArrives(keep, await Client.start(cluster, EDGE));
    });
});
