import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { main } from "../../../tools/preview/main";

/** A small project with the stacks dev and team. */
export const FIXTURE = join(__dirname, "..", "fixture");

/** What a run of `npm start` has said. */
export interface Said {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs `npm start -- …args` on the fixture, or on another project, in this process. */
export async function start(
    args: readonly string[],
    { root = FIXTURE, isTTY = false, environment = {} }: StartOptions = {},
): Promise<Said> {
    const said = { stdout: "", stderr: "" };
    const sink = (name: "stdout" | "stderr") => ({
        isTTY,
        write: (text: string) => {
            said[name] += text;
        },
    });
    const code = await main(args, { root, stdout: sink("stdout"), stderr: sink("stderr"), environment });
    return { code, ...said };
}

interface StartOptions {
    readonly root?: string;
    readonly isTTY?: boolean;
    readonly environment?: Record<string, string>;
}

/** Gives `use` an empty folder and removes it afterwards. */
export async function withFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), "keep-on-pulumi-test-"));
    try {
        return await use(folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
