import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** CPU time and memory of a process and the Node processes that it starts. */
export interface Cost {
    readonly cpuSeconds: number;
    readonly peakMiB: number;
}

/** Cost of a process, and its standard output. */
export interface Run {
    readonly cost: Cost;
    readonly output: string;
}

const measure = join(__dirname, "measure.cjs");

/**
 * Runs a program until it exits, and measures all its Node processes.
 * @throws Error with its output, if it fails
 */
export async function run(
    command: string,
    args: readonly string[],
    { cwd, environment = {} }: { cwd?: string; environment?: Readonly<Record<string, string>> } = {},
): Promise<Run> {
    const folder = mkdtempSync(join(tmpdir(), "keep-bench-"));
    const costs = join(folder, "costs");
    try {
        const env = { ...process.env, NODE_OPTIONS: `--require ${measure}`, BENCH_COSTS: costs, ...environment };
        const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
        const [output, errors] = [child.stdout, child.stderr].map(async (stream) => (await stream.toArray()).join(""));
        const status = await new Promise<number | null>((resolve, reject) => {
            child.on("error", reject).on("close", resolve);
        });
        if (status !== 0) {
            throw new Error(`${[command, ...args].join(" ")} failed:\n${(await output) ?? ""}${(await errors) ?? ""}`);
        }
        return { cost: sum(existsSync(costs) ? readFileSync(costs, "utf8") : ""), output: (await output) ?? "" };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function sum(lines: string): Cost {
    const costs = lines
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Cost);
    return {
        cpuSeconds: costs.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0),
        peakMiB: Math.max(0, ...costs.map(({ peakMiB }) => peakMiB)),
    };
}
