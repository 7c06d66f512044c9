import assert from "node:assert/strict";

import { z } from "zod";

import { until } from "../../cluster/api/wait";
import { testCluster } from "../../cluster/connection";
import { Client } from "../support/client";
import { DeployedKeep, EDGE } from "../support/keep";
import { startMetricsServer } from "../support/metricsServer";
import { smallProd } from "../support/stacks";

const AUTOSCALER = "/apis/autoscaling/v2/namespaces/keep/horizontalpodautoscalers/keep-backend";
const autoscaler = z.object({ status: z.object({ currentReplicas: z.number(), desiredReplicas: z.number() }) });

/** Autoscaling of the API as a stack sets it, except for the windows: five minutes and one are the defaults on the way down. */
const autoscaling = {
    min: 1,
    max: 3,
    cpu: 50,
    behavior: {
        scaleDown: { stabilizationWindowSeconds: 20, policies: [{ type: "Pods", value: 1, periodSeconds: 15 }] },
    },
};

describe("the API of prod, with an autoscaler and real metrics", function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let keep: DeployedKeep;

    const untilReplicas = async (what: string, holds: (replicas: number) => boolean) => {
        await until(what, 480_000, async () => {
            const { status } = autoscaler.parse((await cluster.client.request("GET", AUTOSCALER)).body);
            return status.currentReplicas === status.desiredReplicas && holds(status.currentReplicas);
        });
    };

    before(async () => {
        await startMetricsServer(cluster);
        keep = await DeployedKeep.of(cluster, smallProd({ backend: { autoscaling } }));
    });

    after(() => keep.remove());

    it("gets Ready with one pod", async () => {
        assert.deepEqual((await keep.deploy()).findings, []);
        await untilReplicas("the API is at rest", (replicas) => replicas === 1);
    });

    it("has more pods under load", async () => {
        const client = await Client.start(cluster, EDGE);
        const stop = await client.load({ ...keep.webhook, rate: 20, prefix: "scale" });
        await untilReplicas("the autoscaler has added a pod", (replicas) => replicas > 1);
        const posts = await stop();
        assert.deepEqual(
            posts.filter(({ status }) => status !== 202),
            [],
        );
    });

    it("goes back to one pod at rest", async () => {
        await untilReplicas("the API is back at one pod", (replicas) => replicas === 1);
    });
});
