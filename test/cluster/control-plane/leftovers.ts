import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** What the folder of every control plane is called, up to its random end. */
export const FOLDER_PREFIX = path.join(tmpdir(), "keep-control-plane-");

/** File in that folder: the id of the process that owns it, then of each that it started, one a line. */
export const PIDS_FILE = "pids";

/** Ends control planes whose owner was killed too hard to do so itself, by their noted ids and no others. */
export function removeLeftovers(): void {
    const parent = path.dirname(FOLDER_PREFIX);
    const folders = readdirSync(parent).map((name) => path.join(parent, name));
    for (const folder of folders.filter((name) => name.startsWith(FOLDER_PREFIX))) {
        const file = path.join(folder, PIDS_FILE);
        if (!existsSync(file)) continue;
        const [owner = 0, ...started] = readFileSync(file, "utf8").split("\n").filter(Boolean).map(Number);
        if (isAlive(owner)) continue;
        for (const pid of started) {
            // Ids are used again: only a program that was started for this very folder is ours.
            if (commandOf(pid).includes(folder)) process.kill(pid, "SIGKILL");
        }
        rmSync(folder, { recursive: true, force: true });
    }
}

/** How a process was called; empty when there is none. Linux tells without a program, which small images lack. */
function commandOf(pid: number): string {
    const file = `/proc/${pid}/cmdline`;
    if (existsSync("/proc/self/cmdline")) return existsSync(file) ? readFileSync(file, "utf8") : "";
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", pid.toString()], { encoding: "utf8" });
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // It is there, but somebody else's.
        return error instanceof Error && "code" in error && error.code === "EPERM";
    }
}
