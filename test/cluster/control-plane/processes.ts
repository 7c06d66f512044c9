import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

import { PIDS_FILE } from "./leftovers";

/** The programs that one control plane runs, stopped by the ids they were started with and by nothing else. */
export class Processes {
    private readonly running = new Map<string, ChildProcess>();

    constructor(private readonly folder: string) {
        this.note(process.pid);
        // The last line of defence, for a signal or an error that nobody caught: "exit" handlers can't wait for anything.
        process.once("exit", this.leave);
    }

    /** Starts one program; what it prints goes to a log file in the run's folder. */
    start(name: string, binary: string, args: readonly string[]): void {
        const log = openSync(this.logOf(name), "a");
        // A session of its own: Ctrl-C reaches us alone, and we stop the rest in order.
        const child = spawn(binary, args, { cwd: this.folder, stdio: ["ignore", log, log], detached: true });
        closeSync(log);
        if (child.pid !== undefined) this.note(child.pid);
        this.running.set(name, child);
        const gone = () => this.running.delete(name);
        child.once("error", gone).once("exit", gone);
    }

    /** Throws, with the end of its log, when a program that was started is gone. */
    assertAlive(names: readonly string[]): void {
        const dead = names.filter((name) => !this.running.has(name));
        if (dead.length > 0)
            throw new Error(dead.map((name) => `${name} has stopped:\n${this.endOfLog(name)}`).join("\n"));
    }

    /** The last lines that a program printed. */
    endOfLog(name: string): string {
        return readFileSync(this.logOf(name), "utf8").trimEnd().split("\n").slice(-15).join("\n");
    }

    /** Ends all of them, removes their folder and returns when they are gone. Nothing that they hold is worth a graceful end. */
    async stop(): Promise<void> {
        const exits = [...this.running.values()].map(
            (child) =>
                new Promise<void>((resolve) => {
                    child
                        .once("exit", () => {
                            resolve();
                        })
                        .once("error", () => {
                            resolve();
                        });
                }),
        );
        this.kill();
        await Promise.all(exits);
        process.removeListener("exit", this.leave);
        rmSync(this.folder, { recursive: true, force: true });
    }

    private readonly leave = (): void => {
        this.kill();
        rmSync(this.folder, { recursive: true, force: true });
    };

    private readonly kill = (): void => {
        for (const child of this.running.values()) child.kill("SIGKILL");
    };

    private note(pid: number): void {
        appendFileSync(path.join(this.folder, PIDS_FILE), `${pid}\n`);
    }

    private logOf(name: string): string {
        return path.join(this.folder, `${name}.log`);
    }
}

/** Ports on loopback that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<number[]> {
    const servers = await Promise.all(
        Array.from({ length: count }, async () => {
            const server = createServer();
            await new Promise<void>((resolve, reject) => {
                server.once("error", reject).listen(0, "127.0.0.1", resolve);
            });
            return server;
        }),
    );
    const ports = servers.map((server) => {
        const address = server.address();
        if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
        return address.port;
    });
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    return ports;
}
