import assert from "node:assert/strict";

import type { Client } from "../support/client";
import type { DeployedKeep } from "../support/keep";
import { storedOf, told, underLoad } from "../support/load";
import { deletePods, healed, podsOf, restart } from "../support/workloads";

/** Asserts that a rolling restart of API and worker is seen by nobody who posts alerts, and leaves API pods on both nodes. */
export async function assertRestartLosesNothing(keep: DeployedKeep, client: Client): Promise<void> {
    const measured = await underLoad(keep, client, 8, () => restart(keep.cluster.client, "backend", "worker"));
    console.log(`      ${told(measured)}`);
    assert.equal(measured.accepted, measured.sent);
    assert.equal(measured.stored, measured.accepted);
    const pods = await podsOf(keep.cluster.client, "backend");
    assert.equal(new Set(pods.map(({ spec }) => spec.nodeName)).size, 2);
}

/** More alerts than a worker stores while it is being stopped, so that it is always stopped amid some. */
const BACKLOG = { rate: 40, count: 320 };

/** Asserts that a worker which is stopped while alerts wait stores what it has begun, and another one the rest: each once. */
export async function assertStopStoresOnce(keep: DeployedKeep, client: Client): Promise<void> {
    const prefix = `backlog-${Date.now()}`;
    const stop = await client.load({ ...keep.webhook, ...BACKLOG, prefix });
    await deletePods(keep.cluster.client, "worker");
    const accepted = (await stop()).filter(({ status }) => status === 202);
    assert.equal(accepted.length, BACKLOG.count);
    const fingerprints = accepted.map(({ number }) => `${prefix}-${number}`);
    const stored = await storedOf(keep, fingerprints);
    assert.deepEqual(
        fingerprints.filter((fingerprint) => stored.get(fingerprint) !== 1),
        [],
    );
    assert.deepEqual(await healed(keep, 180), []);
}
