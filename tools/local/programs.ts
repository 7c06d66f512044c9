import { spawn, spawnSync } from "node:child_process";

/** Variables that a program gets beside those of this process; undefined takes one of these away. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a program can be started at all. */
export function isInstalled(program: string): boolean {
    return spawnSync(program, ["version"], { stdio: "ignore" }).error === undefined;
}

/** Runs a program in the foreground, its output going to the terminal; fails with its own words above the error. */
export async function run(program: string, args: readonly string[], env: Environment = {}): Promise<void> {
    await finish(program, args, env, "inherit");
}

/** Runs a program and returns what it prints. */
export async function read(program: string, args: readonly string[], env: Environment = {}): Promise<string> {
    return await finish(program, args, env, "pipe");
}

async function finish(
    program: string,
    args: readonly string[],
    env: Environment,
    output: "inherit" | "pipe",
): Promise<string> {
    return await new Promise((resolve, reject) => {
        const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", output, "inherit"] });
        let printed = "";
        child.stdout?.setEncoding("utf8").on("data", (text: string) => {
            printed += text;
        });
        child.once("error", reject).once("close", (code) => {
            if (code === 0) resolve(printed);
            else reject(new Error(`${program} ${args.join(" ")} ended with ${code ?? "a signal"}`));
        });
    });
}
