import assert from "node:assert/strict";

import * as z from "zod";

import { until } from "../../cluster/api/wait";
import type { DeployedKeep } from "../support/keep";
import { evict, healed, podsOf } from "../support/workloads";

const BUDGET = "/apis/policy/v1/namespaces/keep/poddisruptionbudgets/keep-backend";
const budget = z.object({ status: z.object({ currentHealthy: z.number(), disruptionsAllowed: z.number() }) });

/** Asserts that of two pods of the API only one may be evicted at a time. */
export async function assertDrainWaits(keep: DeployedKeep): Promise<void> {
    const { client } = keep.cluster;
    // A rollout before this has had more pods for a while, and the budget still allows for them until it is counted again.
    await until("the budget counts two pods", 60_000, async () => {
        const { status } = budget.parse((await client.request("GET", BUDGET)).body);
        return status.currentHealthy === 2 && status.disruptionsAllowed === 1;
    });
    const pods = await podsOf(client, "backend");
    assert.equal(pods.length, 2);
    const evicted: boolean[] = [];
    for (const { metadata } of pods) evicted.push(await evict(client, metadata.name));
    assert.deepEqual(evicted, [true, false], JSON.stringify((await client.request("GET", BUDGET)).body));
    assert.deepEqual(await healed(keep, 180), []);
}
