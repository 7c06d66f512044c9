import assert from "node:assert/strict";

import { deployKeep } from "../support/config";
import type { Deployed } from "../support/harness";
import { podOf } from "../support/objects";
import { environment } from "./container";
import { asPostgres, makePostgres, runPostgres } from "./postgres";
import { start } from "./process";
import { need, pathOf } from "./programs";

// What the pod of the database does between two passwords, on a server as its image would have made it.
describe("a new password for a PostgreSQL with data", () => {
    const FIRST = "first-password";
    const SECOND = 'it\'s "the" \\second $(one) %s';
    let data: string;

    before(async function () {
        need(this, "postgres");
        data = await makePostgres("keep", FIRST);
        const server = await runPostgres(data);
        await query(FIRST, "create table kept as select 42 as answer");
        await server.stop();
    });

    it("is the server's after its next start, and the old one is not; the data stay", async () => {
        await beforeStart(await release(SECOND));

        const server = await runPostgres(data);
        assert.equal(await query(SECOND, "select answer from kept"), "42\n");
        await assert.rejects(query(FIRST, "select 1"), /password authentication failed/);
        await server.stop();
    });

    it("is taken after a crash, too", async () => {
        const server = await runPostgres(data);
        // An immediate shutdown writes nothing, so that the next start has to recover.
        await server.stop("SIGQUIT");

        await beforeStart(await release(FIRST));

        const again = await runPostgres(data);
        assert.equal(await query(FIRST, "select answer from kept"), "42\n");
        await again.stop();
    });

    it("changes nothing where it is the same", async () => {
        await beforeStart(await release(FIRST));

        const server = await runPostgres(data);
        assert.equal(await query(FIRST, "select answer from kept"), "42\n");
        await server.stop();
    });

    it("leaves the making of an empty database to the image", async () => {
        await beforeStart(await release(FIRST), "/tmp/nothing-here");
    });

    it("stops the pod where the server has no such user, without telling the password", async () => {
        const other = await deployKeep({ database: { kind: "postgres", user: "other" }, databasePassword: SECOND });

        await assert.rejects(beforeStart(other), (error) => {
            assert.match(String(error), /role "other" does not exist/);
            assert.doesNotMatch(String(error), /second/);
            return true;
        });
    });

    function release(password: string): Promise<Deployed<unknown>> {
        return deployKeep({ database: { kind: "postgres" }, databasePassword: password });
    }

    /** Runs the pod's init container, as the user who owns the data. */
    async function beforeStart(of: Deployed<unknown>, directory = data): Promise<void> {
        const [container] = podOf(of.resources, "database").spec.initContainers ?? [];
        const env = environment(of, container as Parameters<typeof environment>[1]);
        await asPostgres(container?.command ?? [], {
            ...env,
            PATH: `${pathOf("postgres")}:/usr/bin:/bin`,
            PGDATA: directory,
        }).finished();
    }

    function query(password: string, sql: string): Promise<string> {
        const args = ["-h", "127.0.0.1", "-U", "keep", "-d", "postgres", "-qtAc", sql];
        return start(`${pathOf("postgres")}/psql`, args, { PGPASSWORD: password }).finished();
    }
});
