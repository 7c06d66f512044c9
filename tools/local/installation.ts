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
    /** Whether the cluster has come up whole: one whose making was killed must be made anew. */
    ready: z.boolean(),
});

/** What `npm run local` has to remember until `npm run local -- down`. */
export type Facts = z.infer<typeof facts>;

/** Name of the local stack. */
export const STACK = "local";

const firstUser = z.object({ username: z.string(), password: z.string() });

/** Files of the one local installation, outside of the tree: Pulumi's state, its passphrase and the kubeconfig. */
export class Installation {
    readonly folder = path.join(
        process.env.XDG_STATE_HOME ?? path.join(homedir(), ".local", "state"),
        "keep-on-pulumi",
        "local",
    );
    readonly kubeconfig = path.join(this.folder, "kubeconfig");

    /** What is installed; undefined when nothing is. */
    facts(): Facts | undefined {
        const file = this.file("installation.json");
        return existsSync(file) ? facts.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
    }

    /** Begins an installation, before there is a cluster: its folder, an empty state and a passphrase of its own. */
    begin(known: Omit<Facts, "ready">): void {
        this.remove();
        mkdirSync(this.file("state"), { recursive: true, mode: 0o700 });
        writeFileSync(this.file("passphrase"), randomBytes(24).toString("hex"), { mode: 0o600 });
        this.write({ ...known, ready: false });
    }

    /** Notes that the cluster is there. */
    finish(known: Omit<Facts, "ready">): void {
        this.write({ ...known, ready: true });
    }

    /** Makes kind and its like, and Pulumi, use this installation and nothing of the user's. */
    get environment(): Environment {
        return {
            PULUMI_BACKEND_URL: `file://${this.file("state")}`,
            // It would count more than the file, and be another one in the next terminal.
            PULUMI_CONFIG_PASSPHRASE: undefined,
            PULUMI_CONFIG_PASSPHRASE_FILE: this.file("passphrase"),
            PULUMI_SKIP_UPDATE_CHECK: "true",
            KUBECONFIG: this.kubeconfig,
        };
    }

    /** Who can sign in, as the deployed stack has it; undefined when that has been given another way in. */
    async firstUser(): Promise<z.infer<typeof firstUser> | undefined> {
        const args = ["stack", "output", "firstUser", "--show-secrets", "--json", "--stack", STACK];
        return firstUser.safeParse(JSON.parse(await read("pulumi", args, this.environment))).data;
    }

    /** Forgets everything. */
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

/** The first port from 8080 on that nothing listens at, at any address: browsers try `::1` for localhost, too. */
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
            // A machine without IPv6 has nobody there either.
            resolve("code" in error && error.code === "EADDRINUSE");
        });
        server.listen(port, host, () =>
            server.close(() => {
                resolve(false);
            }),
        );
    });
}
