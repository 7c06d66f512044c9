import {
    type Capacity,
    type FaultMeasurement,
    type InstallationName,
    INSTALLATIONS,
    type Measurements,
    readMeasurements,
} from "./measurements";

const seconds = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} s`;

const FAULT_COLUMNS: Readonly<Record<string, (measured: FaultMeasurement) => string>> = {
    sent: ({ sent }) => String(sent),
    "answered 202": ({ accepted }) => String(accepted),
    "lost after 202": ({ accepted, stored }) => String(accepted - stored),
    "stored twice": ({ twice }) => String(twice),
    "longest gap": ({ longestGap }) => seconds(longestGap),
    "Ready again": ({ healed }) => seconds(healed),
};

const CAPACITY_ROWS: Readonly<Record<string, (measured: Capacity) => string>> = {
    "first object to last Ready pod": ({ ready }) => seconds(ready),
    "highest number of alerts stored per second": ({ rate }) => rate.toFixed(1),
    "response time at 4 alerts per second, 99th percentile": ({ p99 }) => `${p99.toFixed(2)} s`,
    "memory of all pods": ({ memory }) => `${memory.toFixed(0)} MiB`,
};

/** The results of each fault, a row for each installation. */
export function faultsTable(): string {
    const { faults } = readMeasurements();
    const rows = Object.entries(faults).flatMap(([fault, installations]) =>
        inOrder(installations).map(([name, measured]) => [
            fault,
            name,
            ...Object.values(FAULT_COLUMNS).map((show) => show(measured)),
        ]),
    );
    return table(["what happens", "installation", ...Object.keys(FAULT_COLUMNS)], rows);
}

/** The measurements without faults, a column for each installation, and a line about the machine. */
export function capacityTable(): string {
    const measurements = readMeasurements();
    const installations = inOrder(measurements.capacity);
    const rows = Object.entries(CAPACITY_ROWS).map(([title, show]) => [
        title,
        ...installations.map(([, measured]) => show(measured)),
    ]);
    return [table(["", ...installations.map(([name]) => name)], rows), "", machine(measurements)].join("\n");
}

function inOrder<T>(measured: Partial<Record<InstallationName, T>>): readonly (readonly [InstallationName, T])[] {
    return INSTALLATIONS.flatMap((name) => {
        const found = measured[name];
        return found === undefined ? [] : [[name, found] as const];
    });
}

function machine({ machine: description, capacity }: Measurements): string {
    const loads = inOrder(capacity).map(([, { load }]) => load.toFixed(1));
    return `Machine: ${description}. It also ran other programs: the load average before each run was ${loads.join(", ")}. The times are therefore upper bounds.`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
