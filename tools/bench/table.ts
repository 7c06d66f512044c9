import type { Cost } from "./process";

/** Something to measure: its name in the table, and how it is run once. */
export type Measured = readonly [name: string, measure: () => Promise<Cost>];

/** The value in the middle. */
export function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Prints a row: a name, then figures. */
export function print(...cells: readonly string[]): void {
    const [first = "", ...more] = cells;
    process.stdout.write(`${first.padEnd(60)}${more.map((cell) => cell.padStart(12)).join("")}\n`);
}

/** Runs all in turns, so that a busy machine burdens all alike, and prints the medians beside those of the one called `base`. */
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
