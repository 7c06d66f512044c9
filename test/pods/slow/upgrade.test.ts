import assert from "node:assert/strict";

import { testCluster } from "../../cluster/connection";
import { assertAlertArrives } from "../assertions/alert";
import { PREVIOUS, PREVIOUS_VARIABLE } from "../images/previous";
import { Client } from "../support/client";
import { alertsOf } from "../support/contents";
import { DeployedKeep, EDGE } from "../support/keep";
import { storeAlerts, told, underLoad } from "../support/load";
import { smallProd } from "../support/stacks";

describe(`prod of Keep ${PREVIOUS}, upgraded`, function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let keep: DeployedKeep | undefined;
    let client: Client;

    before(async function () {
        if (process.env[PREVIOUS_VARIABLE] === undefined) {
            console.log("    The upgrade is left out: --keep <clone of https://github.com/keephq/keep> was not given.");
            this.skip();
        }
        keep = await DeployedKeep.of(cluster, smallProd({ version: PREVIOUS }));
        assert.deepEqual((await keep.deploy()).findings, []);
        client = await Client.start(cluster, EDGE);
    });

    after(() => keep?.remove());

    it("has its alerts afterwards, and has lost none of those that came in meanwhile", async () => {
        assert.ok(keep);
        const previous = keep;
        await storeAlerts(previous, client, "previous", 30);
        const alerts = await alertsOf(previous, "previous");
        assert.equal(alerts.length, 30);
        const next = await DeployedKeep.of(cluster, smallProd());
        const measured = await underLoad(next, client, 3, async () => {
            assert.deepEqual((await next.deploy(previous.objects)).findings, []);
        });
        console.log(`      ${told(measured)}`);
        assert.equal(measured.accepted, measured.sent);
        assert.equal(measured.stored, measured.accepted);
        assert.deepEqual(await alertsOf(next, "previous"), alerts);
        await assertAlertArrives(next, client);
        keep = next;
    });
});
