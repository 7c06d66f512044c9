import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { freePorts } from "../cluster/control-plane/processes";

/** Milliseconds that a proxy may take to listen; a slow machine needs them. */
const START_BUDGET = 20_000;

/** Free ports of loopback, without TLS and with it. */
export interface Ports {
    readonly http: number;
    readonly https: number;
}

/** How a proxy is run: files in its folder, by name, and the command with its environment. */
interface Launch {
    readonly files?: Readonly<Record<string, string>>;
    readonly command: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
}

/** A real proxy in a process of its own, on free ports of loopback. */
export class Proxy {
    private constructor(
        public readonly ports: Ports,
        private readonly child: ChildProcess,
        private readonly folder: string,
    ) {}

    /** Writes the files, runs the command in their folder and waits until it listens for plain http. */
    public static async start(build: (ports: Ports, folder: string) => Launch | Promise<Launch>): Promise<Proxy> {
        const folder = mkdtempSync(path.join(tmpdir(), "keep-edge-"));
        const [http = 0, https = 0] = await freePorts(2);
        const ports = { http, https };
        const { files = {}, command, env } = await build(ports, folder);
        for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
        const [program = "", ...args] = command;
        const child = spawn(program, args, {
            cwd: folder,
            env: { ...process.env, ...env },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let said = "";
        for (const stream of [child.stdout, child.stderr]) {
            stream.setEncoding("utf8").on("data", (text: string) => (said += text));
        }
        const proxy = new Proxy(ports, child, folder);
        const deadline = Date.now() + START_BUDGET;
        while (!(await listens(ports.http))) {
            if (child.exitCode !== null || Date.now() > deadline) {
                await proxy.stop();
                throw new Error(`${program} does not listen:\n${said}`);
            }
        }
        return proxy;
    }

    public async stop(): Promise<void> {
        const ended = new Promise((resolve) => this.child.once("exit", resolve));
        if (this.child.exitCode === null && this.child.kill("SIGTERM")) await ended;
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** One attempt to connect; a refusal on loopback takes no time, so it waits a moment before it says no. */
function listens(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1", () => {
            socket.destroy();
            resolve(true);
        });
        socket.on("error", () => setTimeout(resolve, 50, false));
    });
}
