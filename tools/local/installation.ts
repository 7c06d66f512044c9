import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import path from "node:path";

import * as z from "zod";

const facts = z.object({ program: z.string(), port: z.number() });

/** What `npm run local` has to remember until `npm run local -- down`. */
export type Facts = z.infer<typeof facts>;

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

    /** Begins an installation: its folder, an empty state and a passphrase of its own. */
    begin(known: Facts): void {
        mkdirSync(this.file("state"), { recursive: true, mode: 0o700 });
        writeFileSync(this.file("passphrase"), randomBytes(24).toString("hex"), { mode: 0o600 });
        writeFileSync(this.file("installation.json"), JSON.stringify(known));
    }

    /** Makes Pulumi use this installation and nothing of the user's. */
    get environment(): Readonly<Record<string, string>> {
        return {
            PULUMI_BACKEND_URL: `file://${this.file("state")}`,
            PULUMI_CONFIG_PASSPHRASE_FILE: this.file("passphrase"),
            PULUMI_SKIP_UPDATE_CHECK: "true",
            KUBECONFIG: this.kubeconfig,
        };
    }

    /** Forgets everything. */
    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }

    private file(name: string): string {
        return path.join(this.folder, name);
    }
}

/** The first port from 8080 on that nothing listens at. */
export async function freePort(from = 8080): Promise<number> {
    const isFree = await new Promise<boolean>((resolve) => {
        const server = createServer();
        server.once("error", () => {
            resolve(false);
        });
        server.listen(from, "127.0.0.1", () =>
            server.close(() => {
                resolve(true);
            }),
        );
    });
    return isFree ? from : await freePort(from + 1);
}
