import assert from "node:assert/strict";

import { testCluster } from "../../cluster/connection";
import { type Settings, stackSettings } from "../../cluster/release";
import { assertAlertArrives } from "../assertions/alert";
import { assertGetsReady } from "../assertions/ready";
import { admittedByAutopilot } from "../support/autopilot";
import { Client } from "../support/client";
import { healthFindings } from "../support/health";
import { DeployedKeep, EDGE } from "../support/keep";
import { smallProd } from "../support/stacks";

const STACKS = { dev: stackSettings("dev"), prod: smallProd() } satisfies Record<string, Settings>;

for (const [name, settings] of Object.entries(STACKS)) {
    describe(`${name} on GKE Autopilot, which lowers limits to requests`, function () {
        // Each step needs the one before.
        this.bail(true);
        const cluster = testCluster();
        let keep: DeployedKeep;

        before(async () => {
            keep = await DeployedKeep.of(cluster, settings, { change: admittedByAutopilot });
        });

        after(() => keep.remove());

        it("gets Ready, without a warning, a restart or an end for want of memory", async () => {
            await assertGetsReady(keep);
        });

        it("tells a subscriber of an alert that was posted, stores it and shows it", async () => {
            await assertAlertArrives(keep, await Client.start(cluster, EDGE));
        });

        it("is still as healthy afterwards", async () => {
            assert.deepEqual(await healthFindings(cluster.client, "keep"), []);
        });
    });
}
