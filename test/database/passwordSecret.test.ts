import assert from "node:assert/strict";

import type { EngineName } from "../../components/database/engines";
import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf } from "../support/objects";
import { variant } from "../support/variants";

/** How each server reads its password, and how Keep's processes do. */
const engines: Readonly<Record<EngineName, { readonly reads: readonly string[]; readonly url: RegExp }>> = {
    postgres: { reads: ["POSTGRES_PASSWORD"], url: /^postgresql.*keep:\$\(DATABASE_PASSWORD\)@keep-database:5432/ },
    mysql: {
        reads: ["MYSQL_PASSWORD", "MYSQL_ROOT_PASSWORD"],
        url: /^mysql.*keep:\$\(DATABASE_PASSWORD\)@keep-database:3306/,
    },
    sqlserver: { reads: ["MSSQL_SA_PASSWORD"], url: /^mssql.*sa:\$\(DATABASE_PASSWORD\)@keep-database:1433/ },
};

async function withPasswordSecret(kind: string, more: Written = {}) {
    const { database, ...needs } = variant("database", kind);
    const passwordSecret = { name: "login", key: "pw" };
    return deployKeep({ ...needs, database: { ...(database as object), passwordSecret }, ...more });
}

describe("the password of a database in the cluster, in an existing Secret", () => {
    for (const [kind, { reads, url }] of Object.entries(engines)) {
        it(`is read by ${kind}, before its start too, and by whoever signs in`, async () => {
            const { resources } = await withPasswordSecret(kind);

            const inServer = [
                mainContainer(resources, "database"),
                ...(podOf(resources, "database").spec.initContainers ?? []),
                // SQL Server's image makes no database.
                ...(podOf(resources, "setup").spec.initContainers ?? []),
            ];
            for (const container of inServer) {
                const env = envOf(container);
                assert.deepEqual(
                    Object.keys(env).filter((name) => env[name] === "Secret login/pw"),
                    reads,
                );
            }
            for (const tier of ["backend", "setup"]) {
                const { DATABASE_CONNECTION_STRING = "", DATABASE_PASSWORD } = envOf(mainContainer(resources, tier));
                assert.equal(DATABASE_PASSWORD, "Secret login/pw");
                assert.match(DATABASE_CONNECTION_STRING, url);
            }
        });

        it(`leaves nothing of ${kind} in the state`, async () => {
            const { all } = await withPasswordSecret(kind);

            assert.ok(!all("RandomPassword").some(({ name }) => name === "keep-database"));
            assert.ok(!all("Secret").some(({ physicalName }) => physicalName === "keep.database"));
        });
    }

    it("is read by backups", async () => {
        for (const kind of ["postgres", "mysql"]) {
            const { resources } = await withPasswordSecret(kind, { backup: { kind: "volume" } });

            const [dump] = podOf(resources, "backup").spec.initContainers ?? [];
            assert.ok(dump !== undefined);
            assert.equal(envOf(dump).DATABASE_PASSWORD, "Secret login/pw");
        }
    });
});
