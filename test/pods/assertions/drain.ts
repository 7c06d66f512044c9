import assert from "node:assert/strict";

import type { DeployedKeep } from "../support/keep";
import { evict, healed, podsOf } from "../support/workloads";

/** Asserts that of two pods of the API only one may be evicted at a time. */
export async function assertDrainWaits(keep: DeployedKeep): Promise<void> {
    const { client } = keep.cluster;
    const pods = await podsOf(client, "backend");
    assert.equal(pods.length, 2);
    const evicted = await Promise.all(pods.map(({ metadata }) => evict(client, metadata.name)));
    assert.deepEqual(evicted.toSorted(), [false, true]);
    assert.deepEqual(await healed(keep, 180), []);
}
