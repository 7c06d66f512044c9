import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { freePorts } from "../cluster/control-plane/processes";
import { until } from "../cluster/api/wait";

const ROOT = join(__dirname, "..", "..");

/** The last version that runs on Node.js 20. */
export const REGISTRY_VERSION = "6.8.0";

/** Where it is installed: it is no dependency of the project, because only this test needs its hundreds of packages. */
export const REGISTRY_FOLDER = join(ROOT, "node_modules", ".cache", `verdaccio-${REGISTRY_VERSION}`);

/** What Node.js starts. */
export const REGISTRY_PROGRAM = join(REGISTRY_FOLDER, "node_modules", "verdaccio", "bin", "verdaccio");

/** An npm registry of this test alone: it holds what is published to it, and fetches all else from npm's own registry. */
export class Registry {
    private constructor(
        public readonly url: string,
        /** File of npm's settings by which npm uses this registry. */
        public readonly npmrc: string,
        private readonly child: ChildProcess,
    ) {}

    /** Starts one in a folder of its own, and waits until it answers. */
    public static async start(folder: string): Promise<Registry> {
        const [port = 0] = await freePorts(1);
        const upstream = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
        const access = { access: "$all", publish: "$all" };
        const config = {
            storage: join(folder, "storage"),
            uplinks: { npm: { url: upstream, max_fails: 10, timeout: "60s" } },
            packages: { "keep-on-pulumi": access, "**": { access: "$all", proxy: "npm" } },
            log: { type: "file", path: join(folder, "verdaccio.log"), level: "warn" },
        };
        writeFileSync(join(folder, "verdaccio.json"), JSON.stringify(config));
        const url = `http://127.0.0.1:${port}/`;
        const npmrc = join(folder, "npmrc");
        // npm publishes only with a token, whatever the registry asks for.
        writeFileSync(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=rehearsal\nfund=false\naudit=false\n`);
        const args = [REGISTRY_PROGRAM, "--config", join(folder, "verdaccio.json"), "--listen", `127.0.0.1:${port}`];
        const child = spawn(process.execPath, args, { stdio: "ignore" });
        await until(
            "the registry answers",
            60_000,
            async () => (await fetch(`${url}-/ping`).catch(() => undefined))?.ok ?? false,
        );
        return new Registry(url, npmrc, child);
    }

    /** Ends it. */
    public stop(): void {
        this.child.kill();
    }
}
