import { spawn, spawnSync } from "node:child_process";

/** Variables that override those of this process; undefined removes a variable. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a program is on the PATH. */
export function isInstalled(program: string): boolean {
    return spawnSync(program, ["version"], { stdio: "ignore" }).error === undefined;
}

/** Runs a program, with its output in the terminal. Fails if its exit code is not 0. */
export async function run(program: string, args: readonly string[], env: Environment = {}): Promise<void> {
    await finish(program, args, env, "inherit");
}

/** Runs a program and returns its standard output. */
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
            else
                reject(
                    new Error(
                        `${program} ${args.join(" ")} failed (${code === null ? "ended by a signal" : `exit code ${code}`})`,
                    ),
                );
        });
    });
}
