import { spawnSync } from "node:child_process";

/**
 * Whether all these programs are on the PATH. If one is absent, prints a line with its name and with what is left out.
 * Tests that use more than Node, a shell and Git ask first: the image of docs/gitlab.md has no Python.
 */
export function isInstalled(programs: readonly string[], what: string): boolean {
    // They are only looked for: a language host of Pulumi runs until it is ended.
    const absent = programs.filter((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0);
    if (absent.length > 0) console.log(`  left out: ${what}, because the PATH has no ${absent.join(", no ")}`);
    return absent.length === 0;
}
