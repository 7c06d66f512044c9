import { existsSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

import {
    type Capacity,
    type FaultMeasurement,
    type InstallationName,
    type Measurements,
    MEASUREMENTS,
    readMeasurements,
} from "../../../tools/docs/measurements";

import { FAULTS } from "./faults";

/** Environment by which `run.ts` asks for what is measured to be kept. */
export const RECORD_VARIABLE = "KEEP_PODS_RECORD";

/** Load average of the machine before anything was started on it, for what is measured then. */
const LOAD = loadavg()[1] ?? 0;

/** Keeps what a fault has cost an installation, for `docs/reliability.md`. */
export function recordFault(installation: InstallationName, fault: string, measured: FaultMeasurement): void {
    change(({ faults, ...others }) => {
        const found = { ...faults, [fault]: { ...faults[fault], [installation]: measured } };
        const names = FAULTS.map(({ name }) => name).filter((name) => name in found);
        return { ...others, faults: Object.fromEntries(names.map((name) => [name, found[name] ?? {}])) };
    });
}

/** Keeps what an installation takes and gives, for `docs/reliability.md`. */
export function recordCapacity(installation: InstallationName, capacity: Omit<Capacity, "load">): void {
    change((measurements) => ({
        ...measurements,
        capacity: { ...measurements.capacity, [installation]: { ...capacity, load: LOAD } },
    }));
}

function change(changed: (measurements: Measurements) => Measurements): void {
    if (process.env[RECORD_VARIABLE] === undefined) return;
    const before = existsSync(MEASUREMENTS) ? readMeasurements() : { machine: "", capacity: {}, faults: {} };
    const machine = `${cpus().length} cores and ${Math.round(totalmem() / 2 ** 30)} GiB`;
    writeFileSync(MEASUREMENTS, `${JSON.stringify({ ...changed(before), machine }, null, 4)}\n`);
}
