import { setTimeout } from "node:timers/promises";

import { z } from "zod";

import type { Capacity } from "../../../tools/docs/measurements";
import type { ApiClient } from "../../cluster/api/client";
import type { Client } from "./client";
import type { DeployedKeep } from "./keep";
import { percentile99 } from "./load";

/** Alerts a second that any installation on this machine stores, and more than any does; and for how many seconds. */
const QUIET = { rate: 4, seconds: 30 };
const BURST = { rate: 50, seconds: 12 };

/** How long a burst may take until all of it is stored, and how often that is looked at, which takes time of its own. */
const STORED = { within: 300, every: 5 };

const stored = z.object({ count: z.number(), seconds: z.number() });

const summary = z.object({
    pods: z.array(
        z.object({
            podRef: z.object({ namespace: z.string() }),
            memory: z.object({ workingSetBytes: z.number().default(0) }).optional(),
        }),
    ),
});

/** Measures it by a load that it bears, and one that it does not. */
export async function capacityOf(keep: DeployedKeep, client: Client): Promise<Omit<Capacity, "ready" | "load">> {
    const quiet = await post(keep, client, QUIET);
    const burst = await post(keep, client, BURST);
    let rows = await storedRows(keep, burst.prefix);
    for (let waited = 0; rows.count < burst.accepted && waited < STORED.within; waited += STORED.every) {
        await setTimeout(STORED.every * 1000);
        rows = await storedRows(keep, burst.prefix);
    }
    return { p99: quiet.p99, rate: rows.count / rows.seconds, memory: await memoryOf(keep.cluster.client) };
}

async function post(keep: DeployedKeep, client: Client, { rate, seconds }: typeof QUIET) {
    const prefix = `capacity-${Date.now()}`;
    const stop = await client.load({ ...keep.webhook, rate, prefix });
    await setTimeout(seconds * 1000);
    const accepted = (await stop()).filter(({ status }) => status === 202);
    return { prefix, accepted: accepted.length, p99: percentile99(accepted.map((posted) => posted.seconds)) };
}

/** Alerts of a burst in PostgreSQL, and the seconds from the first to the last one's arrival there. */
async function storedRows(keep: DeployedKeep, prefix: string): Promise<z.infer<typeof stored>> {
    const time = "extract(epoch from max(timestamp) - min(timestamp))::float";
    const sql = `select count(distinct fingerprint) as count, coalesce(${time}, 0) as seconds from alert`;
    const [row] = await keep.rows(`${sql} where starts_with(fingerprint, '${prefix}-')`, stored);
    if (row === undefined) throw new Error("A query for a sum has no row.");
    return row;
}

/** MiB that pods in Keep's namespace use, as their kubelets say. */
async function memoryOf(client: ApiClient): Promise<number> {
    const nodes = ["node-1", "node-2"];
    const summaries = await Promise.all(
        nodes.map(async (node) =>
            summary.parse((await client.request("GET", `/api/v1/nodes/${node}/proxy/stats/summary`)).body),
        ),
    );
    const pods = summaries.flatMap((found) => found.pods).filter(({ podRef }) => podRef.namespace === "keep");
    return pods.reduce((total, { memory }) => total + (memory?.workingSetBytes ?? 0), 0) / 2 ** 20;
}
