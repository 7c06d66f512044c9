import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { deployKeep } from "../support/config";
import { environment } from "./container";
import { start } from "./process";

interface Snapshot {
    readonly metadata: { readonly name: string; readonly labels?: object; readonly creationTimestamp: string };
    readonly spec?: object;
    readonly status?: { readonly readyToUse?: boolean; readonly error?: { readonly message: string } };
}

/** An API server that knows snapshots only. A new one has the first outcome when it is asked for the second time, then the next. */
class SnapshotServer {
    public readonly requests: string[] = [];
    private readonly server: Server;
    private asked = 0;

    constructor(
        public snapshots: Snapshot[],
        private readonly outcomes: readonly Snapshot["status"][],
        /** First connections that are closed without an answer. */
        private cutOff = 0,
    ) {
        this.server = createServer((request, response) => {
            let body = "";
            request.on("data", (chunk: Buffer) => (body += chunk.toString()));
            request.on("end", () => {
                const url = decodeURIComponent(request.url ?? "");
                this.requests.push(`${request.method ?? ""} ${url} ${request.headers.authorization ?? ""}`);
                response.end(JSON.stringify(this.answer(request.method ?? "", url, body)));
            });
        });
    }

    public async listen(): Promise<string> {
        this.server.on("connection", (socket) => {
            if (this.cutOff-- > 0) socket.destroy();
        });
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    public close(): void {
        this.server.close();
    }

    private answer(method: string, url: string, body: string): object {
        const name = url.split("/").at(-1) ?? "";
        switch (method) {
            case "POST": {
                const made = JSON.parse(body) as Snapshot;
                this.snapshots.push({
                    ...made,
                    metadata: { ...made.metadata, creationTimestamp: "2026-02-01T00:00:00Z" },
                });
                return made;
            }
            case "DELETE":
                this.snapshots = this.snapshots.filter(({ metadata }) => metadata.name !== name);
                return {};
            default:
                if (url.includes("?")) return { items: this.snapshots };
                if (++this.asked > 1) {
                    const status = this.outcomes[this.asked - 2] ?? this.outcomes.at(-1);
                    this.snapshots = this.snapshots.map((one) =>
                        one.metadata.name === name ? { ...one, status } : one,
                    );
                }
                return this.snapshots.find(({ metadata }) => metadata.name === name) ?? {};
        }
    }
}

function old(day: number, readyToUse = true): Snapshot {
    return {
        metadata: { name: `keep-postgres-2026010${day}000000`, creationTimestamp: `2026-01-0${day}T00:00:00Z` },
        status: { readyToUse },
    };
}

describe("a snapshot as its job takes it", () => {
    async function run(server: SnapshotServer): Promise<string> {
        const release = await deployKeep({
            database: { kind: "postgres" },
            backup: { kind: "snapshot", count: 2, className: "fast" },
        });
        const [container] = release.one("CronJob").inputs.spec.jobTemplate.spec.template.spec.containers;
        const account = mkdtempSync("/tmp/keep-account-");
        writeFileSync(join(account, "token"), "of-the-pod");
        try {
            const [, ...args] = container?.command ?? [];
            return await start("python3", args, {
                ...environment(release, container as Parameters<typeof environment>[1]),
                API: await server.listen(),
                ACCOUNT: account,
                POLL_SECONDS: "0.01",
                TIMEOUT_SECONDS: "4",
            }).finished();
        } finally {
            server.close();
        }
    }

    it("is of the database's claim, waits until it can be used, and takes the place of the oldest", async () => {
        const server = new SnapshotServer([old(2), old(1), old(3, false)], [{ readyToUse: true }]);

        await run(server);

        const [made] = server.snapshots.filter(({ spec }) => spec !== undefined);
        assert.match(made?.metadata.name ?? "", /^keep-postgres-\d{14}$/);
        assert.deepEqual(made?.spec, {
            source: { persistentVolumeClaimName: "keep-postgres" },
            volumeSnapshotClassName: "fast",
        });
        assert.deepEqual(server.snapshots.map(({ metadata }) => metadata.name).sort(), [
            "keep-postgres-20260102000000",
            "keep-postgres-20260103000000",
            made.metadata.name,
        ]);
        const list = server.requests.find((request) => request.includes("?"));
        assert.match(list ?? "", /labelSelector=.*app\.kubernetes\.io\/instance=keep/);
        assert.ok(server.requests.every((request) => request.endsWith(" Bearer of-the-pod")));
    });

    it("is taken although a new pod cannot reach the API server yet", async () => {
        const server = new SnapshotServer([], [{ readyToUse: true }], 2);

        await run(server);
        assert.equal(server.snapshots.length, 1);
    });

    // kubernetes-csi/external-snapshotter repeats a call that has failed.
    it("becomes usable after an error that passes, and takes the place of the oldest", async () => {
        const error = { message: "the object has been modified; please apply your changes to the latest version" };
        const server = new SnapshotServer([old(1), old(2)], [{ readyToUse: false, error }, { readyToUse: true }]);

        await run(server);
        assert.equal(server.snapshots.length, 2);
        assert.ok(!server.snapshots.some(({ metadata }) => metadata.name === "keep-postgres-20260101000000"));
    });

    for (const [what, outcome, message] of [
        ["with the driver's words", { error: { message: "no space left" } }, /keep-postgres-\d+ failed: no space left/],
        ["without an error", { readyToUse: false }, /keep-postgres-\d+ was not ready in time/],
    ] as const) {
        it(`fails before the deadline of the Job, ${what}, and deletes nothing then`, async () => {
            const server = new SnapshotServer([old(1), old(2), old(3)], [outcome]);

            const started = Date.now();
            await assert.rejects(run(server), message);
            assert.ok(Date.now() - started > 3500);
            assert.equal(server.snapshots.length, 4);
        });
    }
});
