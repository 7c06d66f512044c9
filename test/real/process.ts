import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A process and what it has printed. */
export class Running {
    private text = "";
    private readonly ended: Promise<unknown>;

    constructor(
        private readonly child: ChildProcess,
        private readonly name: string,
    ) {
        for (const stream of [child.stdout, child.stderr]) {
            stream?.on("data", (chunk: Buffer) => {
                this.text += chunk.toString();
            });
        }
        this.ended = once(child, "exit");
    }

    /** Everything printed so far. */
    public get output(): string {
        return this.text;
    }

    /** Code that it ended with; null while it runs or when a signal ended it. */
    public get code(): number | null {
        return this.child.exitCode;
    }

    /** Waits for the end. Fails when the code is not zero. */
    public async finished(): Promise<string> {
        await this.ended;
        if (this.code !== 0) {
            throw new Error(`${this.name} ended with ${String(this.code)}:\n${this.text.slice(-4000)}`);
        }
        return this.text;
    }

    /** Asks it to end, as Kubernetes does unless another signal is named; gives back how long it took, in seconds. */
    public async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number> {
        const start = Date.now();
        if (this.child.exitCode === null && this.child.signalCode === null) {
            this.child.kill(signal);
            await this.ended;
        }
        return (Date.now() - start) / 1000;
    }

    /** Waits until `ready` says so; fails when the process ends before, or at the deadline. */
    public async until(ready: () => Promise<boolean>, seconds: number): Promise<void> {
        const deadline = Date.now() + seconds * 1000;
        while (!(await ready().catch(() => false))) {
            if (this.child.exitCode !== null || this.child.signalCode !== null || Date.now() > deadline) {
                throw new Error(`${this.name} is not ready:\n${this.text.slice(-4000)}`);
            }
            await new Promise((resolve) => setTimeout(resolve, 250));
        }
    }
}

/** Starts a program with this environment and no other. */
export function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    const child = spawn(command, args, { env: { PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", ...env } });
    return new Running(child, command);
}

/** Whether an address answers with 200. */
export async function answers(url: string): Promise<boolean> {
    return (await fetch(url)).status === 200;
}
