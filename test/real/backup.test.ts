import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { script } from "./backupScripts";
import { startPostgres } from "./postgres";
import { type Running, start } from "./process";
import { need, pathOf } from "./programs";

const ROWS = join(__dirname, "retention_rows.py");

describe("backup, of tables made by Keep's own migrations", () => {
    let server: Running | undefined;

    before(async function () {
        need(this, "python", "postgres");
        server = await startPostgres({ user: "keep", password: "masked", database: "keep" });
    });

    after(() => server?.stop());

    const databases = [
        {
            name: "PostgreSQL",
            kind: "postgres",
            url: "postgresql+psycopg2://keep:masked@127.0.0.1:5432/keep",
        },
        { name: "SQLite", kind: "sqlite", url: "sqlite:////tmp/keep-backup.db?check_same_thread=False" },
    ] as const;
    for (const { name, kind, url } of databases) {
        it(`puts back every row of ${name}`, async () => {
            const directory = mkdtempSync("/tmp/keep-dumps-");
            await rows("seed", url);
            const before = await rows("dump", url);

            await script(kind, "dump.sh", { DATABASE_CONNECTION_STRING: url, DIRECTORY: directory });
            const [file = ""] = readdirSync(directory);
            assert.match(file, /^keep\.keep-\d{8}T\d{6}Z\.(dump|sqlite)$/);
            assert.equal(statSync(join(directory, file)).mode & 0o077, 0);

            await harm(url);
            assert.notDeepEqual(await rows("dump", url), before);

            await script(kind, "restore.sh", { DATABASE_CONNECTION_STRING: url, DIRECTORY: directory, FILE: file });
            assert.deepEqual(await rows("dump", url), before);
        });
    }

    it("fails without a dump when the database cannot be reached", async () => {
        const directory = mkdtempSync("/tmp/keep-dumps-");
        const url = "postgresql+psycopg2://keep:wrong@127.0.0.1:5432/keep";
        await assert.rejects(script("postgres", "dump.sh", { DATABASE_CONNECTION_STRING: url, DIRECTORY: directory }));
        assert.deepEqual(
            readdirSync(directory).filter((file) => file.startsWith("keep.")),
            [],
        );
    });

    it("keeps the newest dumps, on a disk", async () => {
        const directory = withFiles();
        await script("postgres", "prune.sh", { DIRECTORY: directory, COUNT: "2" });
        assert.deepEqual(readdirSync(directory).sort(), [
            "keep.keep-20260102T000000Z.dump",
            "keep.keep-20260103T000000Z.dump",
            "other",
        ]);
    });
});

function withFiles(): string {
    const directory = mkdtempSync("/tmp/keep-dumps-");
    for (const file of [1, 2, 3].map((day) => `keep.keep-2026010${day}T000000Z.dump`).concat("other")) {
        writeFileSync(join(directory, file), file);
    }
    return directory;
}

/** Loses rows, and adds a table that no dump knows. */
async function harm(url: string): Promise<void> {
    const code = [
        "import os, sqlalchemy",
        'with sqlalchemy.create_engine(os.environ["URL"]).begin() as connection:',
        '    connection.exec_driver_sql("delete from lastalerttoincident")',
        '    connection.exec_driver_sql("create table later (id integer primary key)")',
        '    connection.exec_driver_sql("insert into later values (1)")',
    ];
    await start(pathOf("python"), ["-c", code.join("\n")], { URL: url }).finished();
}

async function rows(what: "seed" | "dump", url: string): Promise<string[]> {
    const output = await start(pathOf("python"), [ROWS, what], { DATABASE_CONNECTION_STRING: url }).finished();
    return JSON.parse(output.split("\n").findLast((line) => line.startsWith('["')) ?? "[]") as string[];
}
