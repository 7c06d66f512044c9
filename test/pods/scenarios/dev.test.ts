import assert from "node:assert/strict";

import { testCluster } from "../../cluster/connection";
import { stackSettings } from "../../cluster/release";
import { assertAlertArrives } from "../assertions/alert";
import { assertCredentialsAreKept } from "../assertions/credentials";
import { assertGetsReady } from "../assertions/ready";
import { Client } from "../support/client";
import { healthFindings } from "../support/health";
import { DeployedKeep, EDGE } from "../support/keep";

describe("dev, as Pulumi.dev.yaml has it", function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let keep: DeployedKeep;
    let client: Client;

    before(async () => {
        keep = await DeployedKeep.of(cluster, stackSettings("dev"));
    });

    after(() => keep.remove());

    it("gets Ready, without a warning, a restart or an end for want of memory", async () => {
        await assertGetsReady(keep);
    });

    it("tells a subscriber of an alert that was posted, stores it and shows it", async () => {
        client = await Client.start(cluster, EDGE);
        await assertAlertArrives(keep, client);
    });

    it("keeps credentials of providers in a namespace of their own, by its own token", async () => {
        await assertCredentialsAreKept(keep, client);
    });

    it("is still as healthy afterwards", async () => {
        assert.deepEqual(await healthFindings(cluster.client, "keep"), []);
    });
});
