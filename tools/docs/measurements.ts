import { readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

/** The file that `npm run test:pods -- --all --record` writes. */
export const MEASUREMENTS = path.join(__dirname, "..", "..", "test", "pods", "measurements.json");

/** Results for the alerts that were sent during a fault. */
const fault = z.object({
    sent: z.number(),
    /** Alerts that Keep answered with 202 (accepted). */
    accepted: z.number(),
    /** Accepted alerts that are in the database at the end. */
    stored: z.number(),
    /** Stored alerts with more than one row. */
    twice: z.number(),
    /** Longest time between two answers 202, in seconds. */
    longestGap: z.number(),
    /** 99th percentile of the response times, in seconds. */
    p99: z.number(),
    /** Seconds from the fault until all pods are Ready again. */
    healed: z.number(),
});

/** Measurements of an installation without faults. */
const capacity = z.object({
    /** Seconds from the creation of the first object until all pods are Ready. */
    ready: z.number(),
    /** Memory of all pods after the load, in MiB. */
    memory: z.number(),
    /** 99th percentile of the response times at 4 alerts per second, in seconds. */
    p99: z.number(),
    /** Alerts stored per second under more load than that. With more alerts, the queue grows. */
    rate: z.number(),
    /** Load average of the machine over five minutes, before the run. */
    load: z.number(),
});

/** Measured installations, in the order of the tables. */
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

/** The content of the file: `capacity` by installation, `faults` by fault and installation. */
export type Measurements = z.infer<typeof measurements>;

/** Reads the recorded measurements. */
export function readMeasurements(): Measurements {
    return measurements.parse(JSON.parse(readFileSync(MEASUREMENTS, "utf8")));
}
