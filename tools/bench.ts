import { spawnSync } from "node:child_process";
import { join } from "node:path";

import type { Summary } from "./preview/summary";

// `npm run bench [-- <runs>]`: what `npm start -- prod` costs, beside what the SDKs alone cost, each in its own process.
// The runs take turns, so that a busy machine burdens all alike; the medians' ratios are what to read. The first two are what
// any program pays; `npm start` leaves a part of the SDK out (lean.mjs), and the third shows how much that is.

interface Cost {
    readonly cpuSeconds: number;
    readonly peakMiB: number;
}

interface Run {
    readonly cost: Cost;
    readonly output: string;
}

const start = join(__dirname, "start.mjs");
const runner = join(__dirname, "bench", "program.mjs");
const program = (file: string, ...args: string[]) => [runner, join(__dirname, "bench", file), ...args];
const leanProgram = (file: string, ...args: string[]) => [runner, "--lean", join(__dirname, "bench", file), ...args];

function run(args: readonly string[]): Run {
    const { stdout, stderr, status, output } = spawnSync(
        process.execPath,
        ["--require", join(__dirname, "bench", "measure.cjs"), ...args],
        { encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"], maxBuffer: 1 << 28 },
    );
    if (status !== 0) {
        throw new Error(`${args.join(" ")} failed:\n${stderr}`);
    }
    return { cost: JSON.parse(output[3] ?? "") as Cost, output: stdout };
}

function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(...cells: readonly string[]): void {
    const [first = "", ...more] = cells;
    process.stdout.write(`${first.padEnd(52)}${more.map((cell) => cell.padStart(12)).join("")}\n`);
}

function comparePrograms(times: number): void {
    const { counts } = JSON.parse(run([start, "prod", "--json"]).output) as Summary;
    const resources = Object.values<number>({ ...counts }).reduce((sum, count) => sum + count, 0);
    const programs: [string, string[]][] = [
        ["(a) a program that only loads the SDKs", program("load.ts")],
        [
            `(b) ${resources} bare resources, as many as prod has and of its kinds`,
            program("bare.ts", String(resources)),
        ],
        ["(c) the same, loaded as npm start loads", leanProgram("bare.ts", String(resources))],
        ["(d) npm start -- prod", [start, "prod"]],
    ];
    const costs = programs.map((): Cost[] => []);
    for (let round = 0; round < times; round++) {
        programs.forEach(([, args], index) => costs[index]?.push(run(args).cost));
    }
    const cpu = costs.map((all) => median(all.map(({ cpuSeconds }) => cpuSeconds)));
    const memory = costs.map((all) => median(all.map(({ peakMiB }) => peakMiB)));
    print(`Medians of ${times} runs`, "CPU s", "to (b)", "peak MiB", "to (b)");
    programs.forEach(([name], index) => {
        const [seconds = 0, mebibytes = 0] = [cpu[index], memory[index]];
        const ratios = [seconds / (cpu[1] ?? 0), mebibytes / (memory[1] ?? 0)].map((ratio) => ratio.toFixed(2));
        print(name, seconds.toFixed(2), ratios[0] ?? "", mebibytes.toFixed(0), ratios[1] ?? "");
    });
}

function compareSizes(times: number): void {
    print("\nKeeps of prod in one program, without loading", "resources", "CPU ms", "ms a Keep", "to one Keep");
    let one = 0;
    for (const count of [1, 10, 100]) {
        const runs = Array.from({ length: times }, () => run(leanProgram("keeps.ts", String(count))).output);
        const results = runs.map((output) => JSON.parse(output) as { milliseconds: number; resources: number });
        const milliseconds = median(results.map((result) => result.milliseconds));
        one = count === 1 ? milliseconds : one;
        const each = milliseconds / count;
        print(
            String(count),
            String(results[0]?.resources),
            milliseconds.toFixed(0),
            each.toFixed(1),
            (each / one).toFixed(2),
        );
    }
}

const times = Number(process.argv[2] ?? 5);
comparePrograms(times);
compareSizes(Math.min(times, 3));
