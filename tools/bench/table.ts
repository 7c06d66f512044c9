import type { Cost } from "./process";

/** A row of the table: its name, and a function that measures one run. */
export type Measured = readonly [name: string, measure: () => Promise<Cost>];

/** Median; of an even number of values, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Prints a row: a name and numbers. */
export function print(...cells: readonly string[]): void {
    const [first = "", ...more] = cells;
    process.stdout.write(`${first.padEnd(60)}${more.map((cell) => cell.padStart(12)).join("")}\n`);
}

/**
 * Runs all rows in turns, so that load on the machine affects all equally. Prints the medians, and their ratios to the
 * row `base`.
 */
export async function compare(measured: readonly Measured[], base: string, times: number): Promise<void> {
    const costs = measured.map((): Cost[] => []);
    for (let round = 0; round < times; round++) {
        for (const [index, [, measure]] of measured.entries()) {
            costs[index]?.push(await measure());
        }
    }
    const rows = measured.map(([name], index) => ({
        name,
        cpu: median((costs[index] ?? []).map(({ cpuSeconds }) => cpuSeconds)),
        memory: median((costs[index] ?? []).map(({ peakMiB }) => peakMiB)),
    }));
    const to = rows.find(({ name }) => name.startsWith(base));
    print(`Medians of ${times} runs`, "CPU s", `to ${base}`, "peak MiB", `to ${base}`);
    for (const { name, cpu, memory } of rows) {
        const [ofCpu, ofMemory] = [cpu / (to?.cpu ?? 0), memory / (to?.memory ?? 0)].map((ratio) => ratio.toFixed(2));
        print(name, cpu.toFixed(2), ofCpu ?? "", memory.toFixed(0), ofMemory ?? "");
    }
}
