import { readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

/** File of what `npm run test:pods -- --all --record` has measured. */
export const MEASUREMENTS = path.join(__dirname, "..", "..", "test", "pods", "measurements.json");

/** What became of the alerts that were sent while something happened. */
const fault = z.object({
    sent: z.number(),
    /** Answered 202, which says that Keep has taken it. */
    accepted: z.number(),
    /** Of the accepted ones, those in the database in the end. */
    stored: z.number(),
    /** Of those, the ones with more than one row. */
    twice: z.number(),
    /** Longest time without an answer 202, in seconds. */
    longestGap: z.number(),
    /** 99 of 100 accepted alerts were answered within these seconds. */
    p99: z.number(),
    /** Seconds from the fault until every pod was Ready again. */
    healed: z.number(),
});

/** What an installation takes and gives where nothing happens to it. */
const capacity = z.object({
    /** Seconds from the first object to the last Ready pod. */
    ready: z.number(),
    /** MiB that all its pods use after the load. */
    memory: z.number(),
    /** Seconds in which 99 of 100 alerts are answered, at 4 alerts a second. */
    p99: z.number(),
    /** Alerts stored a second where more are posted: with more than that, the queue grows. */
    rate: z.number(),
    /** Load average of the machine, over five minutes, before the run. */
    load: z.number(),
});

/** What is measured, in the order of the tables. */
const installation = z.enum(["prod", "prod without Redis", "Helm chart"]);

const measurements = z.object({
    machine: z.string(),
    capacity: z.partialRecord(installation, capacity),
    faults: z.record(z.string(), z.partialRecord(installation, fault)),
});

export const INSTALLATIONS = installation.options;
export type InstallationName = z.infer<typeof installation>;

export type FaultMeasurement = z.infer<typeof fault>;
export type Capacity = z.infer<typeof capacity>;

/** By the installation's name; for faults by the fault's name before it. */
export type Measurements = z.infer<typeof measurements>;

/** Reads what was measured last. */
export function readMeasurements(): Measurements {
    return measurements.parse(JSON.parse(readFileSync(MEASUREMENTS, "utf8")));
}
