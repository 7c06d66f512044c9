import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { join } from "node:path";

import { startPostgres } from "./postgres";
import { type Running, start } from "./process";
import { need, pathOf } from "./programs";

const SCRIPT = join(__dirname, "../../components/retention/retention.py");
const ROWS = join(__dirname, "retention_rows.py");

describe("retention, on tables made by Keep's own migrations", () => {
    let server: Running | undefined;

    before(async function () {
        need(this, "python", "postgres");
        server = await startPostgres({ user: "keep", password: "masked", database: "keep" });
    });

    after(() => server?.stop());

    // Closes the first connections, as the network of a new pod does.
    let connections = 0;
    const gate = createServer((socket) => {
        connections += 1;
        if (connections <= 2) socket.destroy();
        else socket.pipe(connect(5432, "127.0.0.1")).pipe(socket);
    });
    before(() => once(gate.listen(5433, "127.0.0.1"), "listening"));
    after(() => gate.close());

    const databases = [
        {
            name: "PostgreSQL, which a new pod cannot reach at once",
            url: "postgresql+psycopg2://keep:masked@127.0.0.1:5432/keep",
            reached: "postgresql+psycopg2://keep:masked@127.0.0.1:5433/keep",
        },
        { name: "SQLite", url: "sqlite:////tmp/keep-retention.db?check_same_thread=False" },
    ];
    for (const { name, url, reached = url } of databases) {
        it(`deletes what is old and nothing else on ${name}`, async () => {
            const doomed = new Set(await rows("seed", url));
            const before = await rows("dump", url);
            assert.ok(doomed.size > 40 && before.length > doomed.size);

            const counted = await retain(reached, { RETENTION_DRY_RUN: "true" });
            assert.deepEqual(await rows("dump", url), before);

            const deleted = await retain(url, { RETENTION_DRY_RUN: "false" });
            assert.deepEqual(deleted.rows, counted.rows);
            assert.deepEqual(
                await rows("dump", url),
                before.filter((row) => !doomed.has(row)),
            );

            const again = await retain(url, { RETENTION_DRY_RUN: "false" });
            assert.deepEqual(new Set(Object.values(again.rows)), new Set([0]));
        });
    }

    it("refuses a database whose tables it does not know, and deletes nothing", async () => {
        const url = "sqlite:////tmp/keep-retention-unknown.db?check_same_thread=False";
        await rows("seed", url);
        const before = await rows("dump", url);
        const addTable = `import sqlite3; sqlite3.connect("/tmp/keep-retention-unknown.db").execute("create table newer (alert_id references alert (id))")`;
        await start(pathOf("python"), ["-c", addTable]).finished();

        await assert.rejects(retain(url, { RETENTION_DRY_RUN: "false" }), /Table newer refers to alert/);
        assert.deepEqual(await rows("dump", url), before);
    });
});

async function rows(what: "seed" | "dump", url: string): Promise<string[]> {
    const output = await start(pathOf("python"), [ROWS, what], { DATABASE_CONNECTION_STRING: url }).finished();
    return JSON.parse(lastJson(output, "[")) as string[];
}

async function retain(url: string, settings: Record<string, string>): Promise<{ rows: Record<string, number> }> {
    const env = { DATABASE_CONNECTION_STRING: url, RETENTION_DAYS: "30", RETENTION_BATCH_SIZE: "2", ...settings };
    return JSON.parse(lastJson(await start(pathOf("python"), [SCRIPT], env).finished(), "{")) as {
        rows: Record<string, number>;
    };
}

/** Keep's own log lines stand around the answer. */
function lastJson(output: string, opening: string): string {
    return output.split("\n").findLast((line) => line.startsWith(`${opening}"`) || line === `${opening}]`) ?? output;
}
