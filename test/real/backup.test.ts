import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { dumpScript } from "../../components/database/dump";
import { database } from "../../components/database/settings";
import { startPostgres } from "./postgres";
import { type Running, start } from "./process";
import { need, pathOf, programs } from "./programs";

/** The scripts of the backup, each set as in the ConfigMap of its database. */
function scriptsOf(kind: "postgres" | "sqlite"): string {
    const directory = mkdtempSync("/tmp/keep-scripts-");
    cpSync(join(__dirname, "../../components/backup"), directory, { recursive: true });
    writeFileSync(join(directory, "database.sh"), dumpScript(database.parse({ kind })));
    return directory;
}

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

describe("the restore of a dump of PostgreSQL", () => {
    const url = "postgresql+psycopg2://keep:masked@127.0.0.1:5432/keep";
    const query = (text: string) =>
        start(`${pathOf("postgres")}/psql`, ["-qAtX", url.replace("+psycopg2", ""), "-c", text]).finished();
    let server: Running | undefined;

    before(async function () {
        need(this, "postgres");
        server = await startPostgres({ user: "keep", password: "masked", database: "keep" });
    });

    after(() => server?.stop());

    /** Writes a dump of a database that these statements fill; gives back its directory and name. */
    async function dumpOf(address: string, ...statements: readonly string[]) {
        await query("drop schema if exists public, keep, other cascade; create schema public");
        await query(statements.join(";"));
        const DIRECTORY = mkdtempSync("/tmp/keep-dumps-");
        await script("postgres", "dump.sh", { DATABASE_CONNECTION_STRING: address, DIRECTORY });
        const [FILE = ""] = readdirSync(DIRECTORY);
        return { DATABASE_CONNECTION_STRING: address, DIRECTORY, FILE };
    }

    const ALERTS = "create table alert (id text primary key); insert into alert values ('before')";
    for (const [what, address, ...statements] of [
        ["the schema public", url, ALERTS],
        ["a schema with the name of the user", url, "create schema keep", ALERTS],
        [
            "the search path of the URL",
            `${url}?options=-c%20search_path%3Dother`,
            "create schema other",
            `set search_path to other; ${ALERTS}`,
        ],
    ] as const) {
        it(`puts back tables in ${what}, in the place of newer ones in any schema`, async () => {
            const dumped = await dumpOf(address, ...statements);
            const content = await query("select schemaname, tablename from pg_tables where schemaname !~ '^(pg_|inf)'");
            await query("create schema if not exists keep; create table if not exists keep.alert (id text)");
            await query("create table keep.later (id text); create table public.later (id text)");
            await script("postgres", "restore.sh", dumped);
            assert.equal(
                await query("select schemaname, tablename from pg_tables where schemaname !~ '^(pg_|inf)'"),
                content,
            );
        });
    }

    // Its rows are restored before those that their check needs.
    const CHECKED = [
        "create table other (id text)",
        "create function known(text) returns boolean language sql as 'select exists (select from public.other where id = $1)'",
        "create table more (id text check (public.known(id)))",
        "insert into other values ('a'); insert into more values ('a')",
    ];
    for (const [what, statements, harmed] of [
        ["the dump is incomplete", [], (bytes: Buffer) => bytes.subarray(0, bytes.length - 4000)],
        ["a statement of the dump fails", CHECKED, (bytes: Buffer) => bytes],
    ] as const) {
        it(`leaves the database unchanged if ${what}`, async () => {
            const rows = "insert into alert select md5(i::text) || i from generate_series(1, 9999) i";
            const dumped = await dumpOf(url, ALERTS, rows, ...statements);
            const file = join(dumped.DIRECTORY, dumped.FILE);
            writeFileSync(file, harmed(readFileSync(file)));
            await query("insert into alert values ('after')");
            await assert.rejects(script("postgres", "restore.sh", dumped));
            assert.equal(await query("select count(*) from alert where id in ('before', 'after')"), "2\n");
        });
    }
});

function withFiles(): string {
    const directory = mkdtempSync("/tmp/keep-dumps-");
    for (const file of [1, 2, 3].map((day) => `keep.keep-2026010${day}T000000Z.dump`).concat("other")) {
        writeFileSync(join(directory, file), file);
    }
    return directory;
}

function script(kind: "postgres" | "sqlite", name: string, env: Readonly<Record<string, string>>): Promise<string> {
    // Only the scripts of SQLite need Python.
    const python = programs.python === undefined ? [] : [dirname(programs.python)];
    const PATH = [...python, pathOf("postgres"), "/usr/bin", "/bin"].join(":");
    const directory = scriptsOf(kind);
    return start("sh", [join(directory, name)], { PATH, HOME: "/tmp", NAME: "keep.keep", ...env }).finished();
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
