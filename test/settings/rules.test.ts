import assert from "node:assert/strict";

import { reservedEnv } from "../../components/settings/managedEnv";
import { minimal } from "../support/config";
import { accepts, problems } from "../support/refusals";

describe("settings that do not fit together", () => {
    accepts({
        "an external database with the password in a Secret of its own": {
            database: {
                kind: "external",
                engine: "postgres",
                host: "db",
                passwordSecret: { name: "s", key: "k" },
                tls: { ca: { configMap: { name: "ca", key: "ca.crt" } } },
            },
        },
        "an API of one's own beside a user interface of another version": {
            images: { frontend: "a.example.com/ui:2.0.0" },
            backend: { image: "registry.example.com/api:mine" },
        },
        "a user interface of one's own beside an API of another version": {
            images: { backend: "a.example.com/api:2.0.0" },
            frontend: { image: "registry.example.com/ui:mine" },
        },
        "SQLite with one pod or none": { backend: { replicas: 0 } },
        "several Soketis with Redis": {
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
            websocket: { kind: "soketi", replicas: 3 },
        },
        "a Redis password for a Redis elsewhere": {
            database: { kind: "postgres" },
            redis: { kind: "external", host: "r" },
            redisPassword: "p",
        },
        "an external SQL Server with an image of one's own": {
            database: { kind: "external", engine: "sqlserver", host: "db" },
            databasePassword: "p",
            backend: { image: "registry.example.com/keep-api:mssql" },
        },
        "images of Keep's own version, both": {
            images: { backend: "registry.example.com/api:1.0.0", frontend: "registry.example.com/ui:1.0.0" },
        },
    });

    it("are judged as far as what they read is fine by itself", async () => {
        const keysOf = async (database: object) =>
            (await problems(minimal({ database, backend: { replicas: 2 } }))).map((message) => message.split(" ")[0]);

        assert.deepEqual(await keysOf({ kind: "mongodb" }), ["keep:database.kind"]);
        assert.deepEqual(await keysOf({ kind: "sqlite", size: 1 }), ["keep:database.size", "keep:backend.replicas"]);
    });

    for (const [tier, owners] of Object.entries(reservedEnv)) {
        it(`refuses environment of the ${tier} that a setting decides`, async () => {
            const env = Object.fromEntries(Object.keys(owners).map((name) => [name, "mine"]));
            const websocket = { kind: "soketi", ...(tier === "websocket" ? { env } : {}) };

            assert.deepEqual(
                await problems(
                    minimal({
                        database: { kind: "postgres" },
                        redis: { kind: "bundled" },
                        secretStore: { kind: "gcp", project: "monitoring" },
                        ...(tier === "websocket" ? { websocket } : { [tier]: { env: { ...env, MINE: "1" } } }),
                    }),
                ),
                Object.entries(owners).map(
                    ([name, owner]) =>
                        `keep:${tier}.env.${name} is set by ${owner}. Remove it${owner.startsWith("keep:") ? " here, and change that setting instead" : ""}.`,
                ),
            );
        });
    }
});
