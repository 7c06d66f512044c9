import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import path from "node:path";

import * as z from "zod";

import { type Environment, read } from "./programs";

const facts = z.object({
    program: z.string(),
    port: z.number(),
    /** Whether the cluster was created completely. If not, it must be created again. */
    ready: z.boolean(),
});

/** Facts that `npm run local` records until `npm run local -- down`. */
export type Facts = z.infer<typeof facts>;

/** Name of the local stack. */
export const STACK = "local";

const firstUser = z.object({ username: z.string(), password: z.string() });

/** Files of the local installation, outside of the repository: Pulumi's state, its passphrase and the kubeconfig. */
export class Installation {
    readonly folder = path.join(
        process.env.XDG_STATE_HOME ?? path.join(homedir(), ".local", "state"),
        "keep-on-pulumi",
        "local",
    );
    readonly kubeconfig = path.join(this.folder, "kubeconfig");

    /** The recorded facts; undefined: no installation. */
    facts(): Facts | undefined {
        const file = this.file("installation.json");
        return existsSync(file) ? facts.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
    }

    /** Starts an installation, before the cluster is created: its folder, an empty state and a new passphrase. */
    begin(known: Omit<Facts, "ready">): void {
        this.remove();
        mkdirSync(this.file("state"), { recursive: true, mode: 0o700 });
        writeFileSync(this.file("passphrase"), randomBytes(24).toString("hex"), { mode: 0o600 });
        this.write({ ...known, ready: false });
    }

    /** Records that the cluster was created completely. */
    finish(known: Omit<Facts, "ready">): void {
        this.write({ ...known, ready: true });
    }

    /** Environment in which Pulumi and the cluster tools use only the files of this installation. */
    get environment(): Environment {
        return {
            PULUMI_BACKEND_URL: `file://${this.file("state")}`,
            // It takes precedence over the file.
            PULUMI_CONFIG_PASSPHRASE: undefined,
            PULUMI_CONFIG_PASSPHRASE_FILE: this.file("passphrase"),
            PULUMI_SKIP_UPDATE_CHECK: "true",
            KUBECONFIG: this.kubeconfig,
        };
    }

    /** The first user, from the outputs of the stack; undefined if the stack uses another kind of `keep:auth`. */
    async firstUser(): Promise<z.infer<typeof firstUser> | undefined> {
        const args = ["stack", "output", "firstUser", "--show-secrets", "--json", "--stack", STACK];
        return firstUser.safeParse(JSON.parse(await read("pulumi", args, this.environment))).data;
    }

    /** Deletes all files. */
    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }

    private write(known: Facts): void {
        writeFileSync(this.file("installation.json"), JSON.stringify(known));
    }

    private file(name: string): string {
        return path.join(this.folder, name);
    }
}

/** The first free port from 8080, on IPv4 and IPv6: browsers also try `::1` for localhost. */
export async function freePort(from = 8080): Promise<number> {
    for (const host of ["127.0.0.1", "::1", "::"]) {
        if (await isTaken(from, host)) return await freePort(from + 1);
    }
    return from;
}

async function isTaken(port: number, host: string): Promise<boolean> {
    return await new Promise((resolve) => {
        const server = createServer();
        server.once("error", (error) => {
            // Without IPv6, the error is EADDRNOTAVAIL, and the port is not in use.
            resolve("code" in error && error.code === "EADDRINUSE");
        });
        server.listen(port, host, () =>
            server.close(() => {
                resolve(false);
            }),
        );
    });
}
