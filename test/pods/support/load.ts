import { setTimeout } from "node:timers/promises";

import type { FaultMeasurement } from "../../../tools/docs/measurements";
import type { Client } from "./client";
import type { DeployedKeep } from "./keep";
import { healed } from "./workloads";

/**
 * How long none of the accepted alerts may be stored, until those that are missing are taken for lost: longer than the 310 seconds
 * after which another worker may begin a job of one that crashed (in_progress_timeout_s in arq/worker.py).
 */
const PATIENCE_SECONDS = 330;

/** How long everything may take to be Ready again: pods of a lost node are replaced after six minutes. */
const HEAL_SECONDS = 600;

/** Seconds of load before something happens, and after everything is Ready again. */
const MARGIN = 5;

/** Posts alerts, some a second, while something happens, and some seconds longer; then counts what is in the database. */
export async function underLoad(
    keep: DeployedKeep,
    client: Client,
    rate: number,
    happens: () => Promise<void>,
): Promise<FaultMeasurement> {
    const prefix = `load-${Date.now()}`;
    const stop = await client.load({ ...keep.webhook, rate, prefix });
    await setTimeout(MARGIN * 1000);
    const began = Date.now();
    await happens();
    const unhealed = await healed(keep, HEAL_SECONDS);
    const seconds = (Date.now() - began) / 1000;
    await setTimeout(MARGIN * 1000);
    const posts = await stop();
    if (unhealed.length > 0) throw new Error(unhealed.join("\n"));
    const accepted = posts.filter(({ status }) => status === 202);
    const fingerprints = accepted.map(({ number }) => `${prefix}-${number}`);
    const stored = await storedOf(keep, fingerprints);
    const answered = accepted.map(({ at, seconds: duration }) => at + duration);
    // Also before the first answer, and after the last one, there is a gap.
    const lastSent = Math.max(0, ...posts.map(({ at }) => at));
    const times = [0, ...answered, lastSent].sort((a, b) => a - b);
    return {
        sent: posts.length,
        accepted: accepted.length,
        stored: fingerprints.filter((fingerprint) => stored.has(fingerprint)).length,
        twice: fingerprints.filter((fingerprint) => (stored.get(fingerprint) ?? 0) > 1).length,
        longestGap: Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? time))),
        p99: percentile99(accepted.map((post) => post.seconds)),
        healed: seconds,
    };
}

/** Posts some alerts, and returns when all of them are stored. */
export async function storeAlerts(keep: DeployedKeep, client: Client, prefix: string, count: number): Promise<void> {
    const stop = await client.load({ ...keep.webhook, rate: 10, prefix, count });
    const accepted = (await stop()).filter(({ status }) => status === 202);
    const stored = await storedOf(
        keep,
        accepted.map(({ number }) => `${prefix}-${number}`),
    );
    if (accepted.length !== count || accepted.some(({ number }) => !stored.has(`${prefix}-${number}`))) {
        throw new Error(`Of ${count} alerts ${accepted.length} were accepted, and not all of them are stored.`);
    }
}

/** How often alerts are stored, once all of them are, or none has come for so long that the rest is lost. */
export async function storedOf(
    keep: DeployedKeep,
    fingerprints: readonly string[],
): Promise<ReadonlyMap<string, number>> {
    let stored = await keep.storedAlerts();
    const missing = () => fingerprints.filter((fingerprint) => !stored.has(fingerprint)).length;
    let left = missing();
    let since = Date.now();
    while (left > 0 && Date.now() - since < PATIENCE_SECONDS * 1000) {
        // A look takes time of the machine that stores them.
        await setTimeout(2000);
        stored = await keep.storedAlerts();
        if (missing() < left) [left, since] = [missing(), Date.now()];
    }
    return stored;
}

/** What 99 of 100 values do not exceed. */
export function percentile99(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
}

/** One line on what was measured. */
export function told({ sent, accepted, stored, twice, longestGap, p99, healed: seconds }: FaultMeasurement): string {
    const times = `longest gap ${longestGap.toFixed(1)} s, p99 ${p99.toFixed(2)} s, Ready again after ${seconds.toFixed(0)} s`;
    return `${sent} sent, ${accepted} accepted, ${stored} stored, ${twice} twice; ${times}`;
}
