import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Engine, script as scriptOf } from "../../components/database/engine";
import { mysql } from "../../components/database/mysql";
import { postgres } from "../../components/database/postgres";
import { databaseUrl } from "../../components/database/url";
import { parseSqlalchemyUrl } from "../../tools/fromChart/sqlalchemyUrl";
import { deployKeep } from "../support/config";
import { isInstalled } from "../support/programs";
import { passwordsOfMysql, readByLibpq, readOptions } from "./clients/readers";
import { writeStandIns } from "./clients/standIns";
import { PARAMETERS, TEXTS } from "./clients/texts";
import { MYSQL_URLS, POSTGRES_URLS } from "./clients/urls";

interface Case {
    readonly text: string;
    readonly user: string;
    readonly url: string;
}

/** A stack with a text as its user and password; a user that is a blank alone is refused. */
function caseOf(engine: Engine, text: string): Case {
    const user = text.trim() === "" ? `a${text}` : text;
    const address = { engine, host: "db.example.com", name: "keep", user, parameters: PARAMETERS };
    return {
        text,
        user,
        url: databaseUrl({ ...address, user: encodeURIComponent(user), password: encodeURIComponent(text) }),
    };
}

describe("a connection string", () => {
    let folder: string;
    const made = {
        mysql: TEXTS.map((text) => caseOf(mysql, text)),
        postgres: TEXTS.map((text) => caseOf(postgres, text)),
    };

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "keep-connection-"));
        writeStandIns(join(folder, "bin"));
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });

    /** Runs a script of the backup as its container does, and gives what the programs were told. */
    function run(script: string, url: string): (file: string) => string {
        const record = mkdtempSync(join(folder, "record-"));
        const directory = join(record, "dumps");
        mkdirSync(directory);
        writeFileSync(join(directory, "dump"), "dump");
        const scripts = join(__dirname, "../../components/backup");
        for (const name of ["dump.sh", "restore.sh"]) {
            copyFileSync(join(scripts, name), join(record, name));
        }
        const engine = url.startsWith("mysql") ? mysql : postgres;
        writeFileSync(join(record, "database.sh"), engine.dumpScript?.() ?? "");
        runShell([join(record, script)], record, {
            DATABASE_CONNECTION_STRING: url,
            DIRECTORY: directory,
            FILE: "dump",
            NAME: "keep.keep",
        });
        return (file) => readFileSync(join(record, file), "utf8");
    }

    function runShell(args: readonly string[], record: string, env: Readonly<Record<string, string>>): void {
        // The shell of both images' sh -c: bash.
        const { status, stderr } = spawnSync("bash", ["--norc", "--posix", ...args], {
            env: { ...env, PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`, RECORD: record },
            encoding: "utf8",
        });
        assert.equal(status, 0, stderr);
    }

    it("is tried with more than forty texts", () => {
        assert.ok(TEXTS.length > 40);
        assert.equal(new Set(made.postgres.map(({ url }) => url)).size, TEXTS.length);
    });

    for (const engine of ["mysql", "postgres"] as const) {
        it(`says to SQLAlchemy what was meant: ${engine}`, () => {
            for (const { text, user, url } of made[engine]) {
                const found = parseSqlalchemyUrl(url);
                assert.deepEqual([found?.user, found?.password, found?.host], [user, text, "db.example.com"]);
                assert.deepEqual(Object.fromEntries(new URLSearchParams(found?.query)), PARAMETERS);
            }
        });
    }

    it("says the same to SQLAlchemy itself, and PostgreSQL's to libpq", () => {
        if (!isInstalled(["python3"], "SQLAlchemy and libpq")) return;
        const script = `
import json, sys
from sqlalchemy.engine import make_url
from psycopg2.extensions import parse_dsn
found = []
for case in json.load(sys.stdin):
    url = make_url(case)
    libpq = parse_dsn("postgresql:" + case.split(":", 1)[1]) if case.startswith("postgresql") else None
    found.append([[url.username, url.password, dict(url.query)], libpq and [libpq["user"], libpq["password"], libpq["options"]]])
json.dump(found, sys.stdout)`;
        const input = JSON.stringify([...made.mysql, ...made.postgres].map(({ url }) => url));
        const { status, stdout } = spawnSync("python3", ["-c", script], { input, encoding: "utf8" });
        if (status !== 0) {
            console.log("      left out: python3 has no sqlalchemy or no psycopg2");
            return;
        }
        assert.deepEqual(JSON.parse(stdout), [
            ...made.mysql.map(({ user, text }) => [[user, text, PARAMETERS], null]),
            ...made.postgres.map(({ user, text }) => [
                [user, text, PARAMETERS],
                [user, text, PARAMETERS.options],
            ]),
        ]);
    });

    it("says to pg_dump and psql what was meant", () => {
        for (const { text, user, url } of made.postgres) {
            for (const script of ["dump.sh", "restore.sh"]) {
                const found = readByLibpq(run(script, url)("address"));
                assert.deepEqual(found, {
                    user,
                    password: text,
                    host: "db.example.com",
                    port: "5432",
                    database: "keep",
                    parameters: PARAMETERS,
                });
            }
        }
    });

    it("says to MySQL's clients what was meant", () => {
        for (const { text, user, url } of made.mysql) {
            for (const script of ["dump.sh", "restore.sh"]) {
                const found = readOptions(run(script, url)("options"));
                assert.deepEqual(found, { user, password: text, host: "db.example.com", port: "3306" });
            }
        }
    });

    for (const [url, user, password, host, parameters] of POSTGRES_URLS) {
        it(`is read by libpq as by SQLAlchemy: ${url}`, () => {
            const found = readByLibpq(run("dump.sh", url)("address"));
            assert.deepEqual(
                [found.user, found.password, found.host, found.parameters],
                [user, password, host, parameters],
            );
            const { user: byAlchemy, password: its } = parseSqlalchemyUrl(url) ?? {};
            assert.deepEqual([byAlchemy, its], [user, password]);
        });
    }

    for (const [url, options] of MYSQL_URLS) {
        it(`is read by MySQL's clients as by SQLAlchemy: ${url}`, () => {
            const read = run("dump.sh", url);
            assert.deepEqual(readOptions(read("options")), options);
            assert.equal(read("database"), "keep");
        });
    }

    it("leaves the password of Redis as it is", async () => {
        const redisPassword = TEXTS.join("");
        const { all } = await deployKeep({
            database: { kind: "postgres" },
            redis: { kind: "external", host: "redis" },
            redisPassword,
        });
        const [secret] = all("Secret").filter(({ physicalName }) => physicalName === "keep.redis");
        const { password, "password-json": asJson = "" } = secret?.inputs.stringData ?? {};
        assert.deepEqual([password, JSON.parse(asJson)], [redisPassword, redisPassword]);
    });

    it("comes with a password that servers take over as it is", () => {
        for (const text of TEXTS) {
            const record = mkdtempSync(join(folder, "record-"));
            writeFileSync(join(record, "PG_VERSION"), "17");
            const inPostgres = { PGDATA: record, POSTGRES_USER: "keep", POSTGRES_PASSWORD: text };
            const takeOver = scriptOf("password", "postgres.sh").replaceAll("/var/run/postgresql", record);
            runShell(["-ec", takeOver], record, inPostgres);
            assert.equal(readFileSync(join(record, "taken"), "utf8"), text);

            mkdirSync(join(record, "mysql"));
            const script = scriptOf("password", "mysql.sh").replaceAll("/var/run/mysqld", record);
            const inMysql = { MYSQL_USER: "keep", MYSQL_PASSWORD: text };
            runShell(["-ec", script, "mysql", `--datadir=${record}`], record, inMysql);
            assert.deepEqual(passwordsOfMysql(readFileSync(join(record, "statement"), "utf8")), [text, text, text]);
        }
    });
});
