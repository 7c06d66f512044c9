import assert from "node:assert/strict";

import { testCluster } from "../../cluster/connection";
import { assertAlertArrives } from "../assertions/alert";
import { namesObjects } from "../cluster/names";
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
        for (const object of namesObjects(5353)) await cluster.client.apply(object);
        // Its name servers are in a namespace of its own.
        const networkPolicy = { enabled: true, edge: [{ namespace: EDGE }], dns: [{ namespace: "kube-system" }] };
        keep = await DeployedKeep.of(cluster, smallProd({ platform: "openshift", networkPolicy }), {
            change: admittedByOpenShift,
        });
    });

    after(async () => {
        await keep.remove();
        for (const object of namesObjects()) await cluster.client.apply(object);
    });

    it("gets Ready, without a warning, a restart or an end for want of memory", async () => {
        assert.deepEqual((await keep.deploy()).findings, []);
    });

    it("tells a subscriber of an alert that was posted, stores it and shows it", async () => {
        await assertAlertArrives(keep, await Client.start(cluster, EDGE));
    });
});
