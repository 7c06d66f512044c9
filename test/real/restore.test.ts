import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { script } from "./backupScripts";
import { startPostgres } from "./postgres";
import { type Running, start } from "./process";
import { need, pathOf } from "./programs";

describe("the restore of a dump of PostgreSQL", () => {
    const url = "postgresql+psycopg2://keep:masked@127.0.0.1:5432/keep";
    const query = (text: string, address = url) =>
        start(`${pathOf("postgres")}/psql`, ["-qAtX", address.replace("+psycopg2", ""), "-c", text]).finished();
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
        return dump(address);
    }

    /** Writes a dump of a database; gives back its directory and name. */
    async function dump(address: string) {
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

    for (const [what, ...statements] of [
        ["the schema public of a database of others", "grant all on schema public to app"],
        ["a schema in a database of others", "create schema app authorization app"],
        [
            "a schema of others, beside that of an operator",
            "grant create on database keep to app; create schema app; grant all on schema app to app",
            "create schema pooler; create table pooler.login (id text); create view pooler.one as select 1",
            "create publication changes for all tables",
        ],
    ] as const) {
        it(`puts back tables in ${what}`, async () => {
            await query(
                "drop publication if exists changes; drop schema if exists public, keep, other, pooler, app cascade",
            );
            await query("create schema public; drop role if exists app").catch(() =>
                query("drop owned by app; drop role app"),
            );
            await query(`create role app login password 'masked'; ${statements.join(";")}`);
            const address = url.replace("keep:", "app:");
            const asApp = (text: string) => query(text, address);
            await asApp(`${ALERTS}; alter table alert replica identity full; comment on table alert is 'of Keep'`);
            await asApp("create table more (id int generated always as identity) partition by range (id)");
            const dumped = await dump(address);
            await asApp("delete from alert; create table later (id text)");
            await script("postgres", "restore.sh", dumped);
            assert.equal(await asApp("select id, obj_description('alert'::regclass) from alert"), "before|of Keep\n");
            assert.equal(await asApp("select to_regclass('later') is null and to_regclass('more') is not null"), "t\n");
        });
    }

    it("works with a client of a later version than the server", async () => {
        const dumped = await dumpOf(url, ALERTS, "insert into alert values ('SET transaction_timeout = 0;')");
        const later = mkdtempSync("/tmp/keep-client-");
        // As version 17 (src/bin/pg_dump/pg_backup_archiver.c, _doSetFixedOutputState). Servers before 17 reject that.
        const code = `exec ${pathOf("postgres")}/pg_restore "$@" | sed 's/^SET lock_timeout = 0;/&\\nSET transaction_timeout = 0;/'`;
        writeFileSync(join(later, "pg_restore"), `#!/bin/sh\n${code}\n`, { mode: 0o755 });
        await query("delete from alert");
        await script("postgres", "restore.sh", dumped, later);
        assert.equal(await query("select count(*) from alert"), "2\n");
    });

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
