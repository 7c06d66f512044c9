import assert from "node:assert/strict";

import { testCluster } from "../../cluster/connection";
import { assertAlertArrives } from "../assertions/alert";
import { Client } from "../support/client";
import { DeployedKeep, EDGE } from "../support/keep";
import { admittedByOpenShift } from "../support/openshift";
import { smallProd } from "../support/stacks";

describe("prod on OpenShift, with an arbitrary user of its project", function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let keep: DeployedKeep;

    before(async () => {
        const networkPolicy = { enabled: true, edge: [{ namespace: EDGE }] };
        keep = await DeployedKeep.of(cluster, smallProd({ platform: "openshift", networkPolicy }), admittedByOpenShift);
    });

    after(() => keep.remove());

    it("gets Ready, without a warning, a restart or an end for want of memory", async () => {
        assert.deepEqual((await keep.deploy()).findings, []);
    });

    it("tells a subscriber of an alert that was posted, stores it and shows it", async () => {
        await assertAlertArrives(keep, await Client.start(cluster, EDGE));
    });
});
