import { join } from "node:path";

import { compareHosts } from "./bench/host";
import { run } from "./bench/process";
import { compare, median, print } from "./bench/table";
import type { Summary } from "./preview/summary";

// `npm run bench [-- <runs>]`: measures CPU time and memory of `npm start` and `pulumi preview`, and of small Pulumi
// programs for comparison. Each run is a process. Compare the ratios of the medians, not the absolute values.
// `npm start` does not load a part of the SDK (lean.mjs); row (c) shows how much this saves.

const start = join(__dirname, "start.mjs");
const runner = join(__dirname, "bench", "program.mjs");
const node = (...args: string[]) => run(process.execPath, args);
const program = (file: string, ...args: string[]) => node(runner, join(__dirname, "bench", file), ...args);
const leanProgram = (file: string, ...args: string[]) =>
    node(runner, "--lean", join(__dirname, "bench", file), ...args);

async function comparePrograms(times: number): Promise<void> {
    const { counts } = JSON.parse((await node(start, "prod", "--json")).output) as Summary;
    const resources = Object.values<number>({ ...counts }).reduce((sum, count) => sum + count, 0);
    await compare(
        [
            ["(a) a program that only loads the SDKs", async () => (await program("load.ts")).cost],
            [
                `(b) ${resources} bare resources, as many as prod has and of its kinds`,
                async () => (await program("bare.ts", String(resources))).cost,
            ],
            [
                "(c) the same, loaded as npm start loads",
                async () => (await leanProgram("bare.ts", String(resources))).cost,
            ],
            ["(d) npm start -- prod", async () => (await node(start, "prod")).cost],
        ],
        "(b)",
        times,
    );
}

async function compareSizes(times: number): Promise<void> {
    print("\nKeeps of prod in one program, without loading", "resources", "CPU ms", "ms a Keep", "to one Keep");
    let one = 0;
    for (const count of [1, 10, 100]) {
        const results: { milliseconds: number; resources: number }[] = [];
        for (let round = 0; round < times; round++) {
            const { output } = await leanProgram("keeps.ts", String(count));
            results.push(JSON.parse(output) as { milliseconds: number; resources: number });
        }
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

async function main(times: number): Promise<void> {
    await comparePrograms(times);
    await compareSizes(Math.min(times, 3));
    await compareHosts(times);
}

void main(Number(process.argv[2] ?? 5));
