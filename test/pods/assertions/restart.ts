import assert from "node:assert/strict";

import { z } from "zod";

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

/** Prints how often each job was begun that was put in the queue since a time, in milliseconds; ARQ keeps results for an hour. */
const tries = (since: number) => `
import asyncio, json
from arq import create_pool
from keep.api.redis_settings import get_redis_settings

async def main():
    results = await (await create_pool(get_redis_settings())).all_job_results()
    print(json.dumps([result.job_try for result in results if result.enqueue_time.timestamp() * 1000 >= ${since}]))

asyncio.run(main())
`;

/** Asserts that a worker which is stopped while alerts wait ends what it has begun, and leaves another one the rest. */
export async function assertStopEndsJobs(keep: DeployedKeep, client: Client): Promise<void> {
    const began = Date.now();
    const prefix = `backlog-${began}`;
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
    // Keep mostly drops an alert that it is told of a second time, so that only ARQ knows of jobs that were begun again.
    const begun = z.array(z.number()).parse(JSON.parse(await keep.python(tries(began))));
    assert.deepEqual(
        begun,
        fingerprints.map(() => 1),
    );
    assert.deepEqual(await healed(keep, 180), []);
}
