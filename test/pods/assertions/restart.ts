import assert from "node:assert/strict";

import type { Client } from "../support/client";
import type { DeployedKeep } from "../support/keep";
import { told, underLoad } from "../support/load";
import { podsOf, restart } from "../support/workloads";

/** Asserts that a rolling restart of API and worker is seen by nobody who posts alerts, and leaves API pods on both nodes. */
export async function assertRestartLosesNothing(keep: DeployedKeep, client: Client): Promise<void> {
    const measured = await underLoad(keep, client, 8, () => restart(keep.cluster.client, "backend", "worker"));
    console.log(`      ${told(measured)}`);
    assert.equal(measured.accepted, measured.sent);
    assert.equal(measured.stored, measured.accepted);
    const pods = await podsOf(keep.cluster.client, "backend");
    assert.equal(new Set(pods.map(({ spec }) => spec.nodeName)).size, 2);
}
