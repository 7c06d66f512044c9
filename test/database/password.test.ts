import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { deployKeep } from "../support/config";
import { mainContainer, podOf } from "../support/objects";

const PASSWORD = 'it\'s \\ "the" %s password';

// PostgreSQL's way is run against a real server, in test/real/rotation.test.ts.
describe("a server that takes over a changed password", () => {
    let directory: string;
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "keep-password-"));
        writeFileSync(join(directory, "docker-entrypoint.sh"), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
        chmodSync(join(directory, "docker-entrypoint.sh"), 0o755);
    });
    afterEach(() => {
        rmSync(directory, { recursive: true });
    });

    /** Runs the container of MySQL, with an entrypoint that only tells what it was asked for. */
    async function startMysql(settings: object = {}): Promise<string[]> {
        const { resources } = await deployKeep({ database: { kind: "mysql", settings } });
        const { command = [], args = [] } = mainContainer(resources, "database");
        const [program = "", ...rest] = [...(command as string[]), ...(args as string[])].map((text) =>
            text.replaceAll("/var/run/mysqld", directory).replaceAll("/var/lib/mysql", directory),
        );
        const env = { PATH: `${directory}:${process.env.PATH ?? ""}`, MYSQL_USER: "keep", MYSQL_PASSWORD: PASSWORD };
        return execFileSync(program, rest, { env, encoding: "utf8" }).trimEnd().split("\n");
    }

    it("is MySQL by its init file, once it has data; nobody else may read the file", async () => {
        mkdirSync(join(directory, "data/mysql"), { recursive: true });
        const file = join(directory, "password.sql");

        const [server, initFile, ...settings] = await startMysql();

        assert.deepEqual([server, initFile], ["mysqld", `--init-file=${file}`]);
        assert.ok(settings.includes("--max_connections=200"));
        const hex = Buffer.from(PASSWORD).toString("hex");
        const users = ["''keep''@''%''", "''root''@''localhost''", "''root''@''%''"];
        assert.deepEqual(readFileSync(file, "utf8").trimEnd().split("\n"), [
            "SET NAMES utf8mb4;",
            "SET SESSION sql_mode = '', sql_log_off = ON;",
            ...users.flatMap((user) => [
                `SET @statement = CONCAT('ALTER USER IF EXISTS ${user} IDENTIFIED BY ', QUOTE(CONVERT(X'${hex}' USING utf8mb4)));`,
                "PREPARE statement FROM @statement;",
                "EXECUTE statement;",
            ]),
        ]);
        assert.equal(statSync(file).mode & 0o077, 0);
    });

    for (const name of ["password_history", "password_reuse_interval"]) {
        it(`is MySQL with ${name}, which would reject the password that the server has already`, async () => {
            mkdirSync(join(directory, "data/mysql"), { recursive: true });

            await startMysql({ [name]: 5 });

            const statements = readFileSync(join(directory, "password.sql"), "utf8").trimEnd().split("\n").slice(2);
            assert.equal(statements.length, 12);
            for (const [index, user] of ["'keep'@'%'", "'root'@'localhost'", "'root'@'%'"].entries()) {
                const reuse = "PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY";
                assert.equal(statements[4 * index], `ALTER USER IF EXISTS ${user} ${reuse};`);
                assert.match(statements[4 * index + 1] ?? "", /^SET @statement = /);
            }
        });
    }

    it("is MySQL as its image makes it, before it has data", async () => {
        const [server, ...settings] = await startMysql();

        assert.equal(server, "mysqld");
        assert.ok(settings.every((setting) => !setting.startsWith("--init-file")));
        assert.equal(existsSync(join(directory, "password.sql")), false);
    });

    it("is PostgreSQL by a step before it, on its disk, with its environment", async () => {
        const { resources } = await deployKeep({ database: { kind: "postgres" } });
        const { initContainers: [step, ...others] = [], containers } = podOf(resources, "database").spec;

        assert.deepEqual([step?.name, others], ["password", []]);
        assert.deepEqual(
            [step?.image, step?.env, step?.volumeMounts],
            [containers[0]?.image, containers[0]?.env, containers[0]?.volumeMounts],
        );
    });
});
