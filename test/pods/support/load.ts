import { setTimeout } from "node:timers/promises";

import { settledFindings } from "../../cluster/api/wait";
import type { Client } from "./client";
import type { DeployedKeep } from "./keep";
import { healed } from "./workloads";

/** What became of the alerts that were sent while something happened. */
export interface Measured {
    readonly sent: number;
    /** Answered 202, which says that Keep has taken it. */
    readonly accepted: number;
    /** Of the accepted ones, those in the database in the end. */
    readonly stored: number;
    /** Stored more than once. */
    readonly twice: number;
    /** Numbers of those that were accepted and never stored. */
    readonly lost: readonly number[];
    /** Longest time without an answer 202, in seconds. */
    readonly longestGap: number;
    /** 99 of 100 accepted alerts were answered within these seconds. */
    readonly p99: number;
    /** Seconds from the fault until every pod was Ready again. */
    readonly healed: number;
}

/** How long stored alerts may lag behind what was accepted, once everything is Ready again. */
const DRAIN_SECONDS = 90;

/** Posts alerts, some a second, while something happens, and some seconds longer; then counts what is in the database. */
export async function underLoad(
    keep: DeployedKeep,
    client: Client,
    rate: number,
    happens: () => Promise<void>,
): Promise<Measured> {
    const prefix = `load-${Date.now()}`;
    const stop = await client.load(keep.url("/alerts/event"), keep.as("webhook"), rate, prefix);
    await setTimeout(5000);
    const began = Date.now();
    await happens();
    const unhealed = await healed(keep, 300);
    const seconds = (Date.now() - began) / 1000;
    await setTimeout(5000);
    const posts = await stop();
    if (unhealed.length > 0) throw new Error(unhealed.join("\n"));
    const accepted = posts.filter(({ status }) => status === 202);
    let stored: ReadonlyMap<string, number> = new Map();
    const missing = () =>
        accepted.filter(({ number }) => !stored.has(`${prefix}-${number}`)).map(({ number }) => number);
    await settledFindings(DRAIN_SECONDS * 1000, async () => {
        stored = await keep.storedAlerts();
        return missing().map(String);
    });
    const lost = missing();
    const times = accepted.map(({ at, seconds: duration }) => at + duration).sort((a, b) => a - b);
    const durations = accepted.map((post) => post.seconds).sort((a, b) => a - b);
    return {
        sent: posts.length,
        accepted: accepted.length,
        stored: accepted.length - lost.length,
        twice: [...stored].filter(([fingerprint, count]) => fingerprint.startsWith(`${prefix}-`) && count > 1).length,
        lost,
        longestGap: Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? time))),
        p99: durations[Math.floor(durations.length * 0.99)] ?? 0,
        healed: seconds,
    };
}

/** One line on what was measured. */
export function told({ sent, accepted, stored, twice, longestGap, p99, healed: seconds }: Measured): string {
    const times = `longest gap ${longestGap.toFixed(1)} s, p99 ${p99.toFixed(2)} s, Ready again after ${seconds.toFixed(0)} s`;
    return `${sent} sent, ${accepted} accepted, ${stored} stored, ${twice} twice; ${times}`;
}
