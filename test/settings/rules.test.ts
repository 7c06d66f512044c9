import assert from "node:assert/strict";

import { reservedEnv } from "../../components/settings/managedEnv";
import { minimal } from "../support/config";
import { accepts, problems, refuses } from "../support/refusals";

describe("settings that do not fit together", () => {
    refuses({
        "autoscaling of the API with SQLite": [
            { backend: { autoscaling: { max: 2 } } },
            "keep:backend.autoscaling cannot be used with SQLite, which has one writer. Remove it, or choose another keep:database.kind.",
        ],
        "more than one API pod with SQLite": [
            { backend: { replicas: 2 } },
            "keep:backend.replicas (2) is more than SQLite's one writer. Set it to 1, or choose another keep:database.kind.",
        ],
        "workers with SQLite": [
            { redis: { kind: "bundled" } },
            'keep:redis.kind ("bundled") adds workers, which cannot share SQLite\'s file. Set it to none, or choose another keep:database.kind.',
        ],
        "SQL Server with the published image": [
            { database: { kind: "sqlserver", acceptEula: true } },
            'keep:database.kind ("sqlserver") cannot be used with Keep\'s published image: it has no SQL Server driver, and Keep 0.54.2 refuses the dialect. Choose postgres or mysql, or set keep:backend.image to a build of your own that speaks it.',
        ],
        "an external SQL Server with the published image": [
            { database: { kind: "external", engine: "sqlserver", host: "db" }, databasePassword: "p" },
            'keep:database.engine ("sqlserver") cannot be used with Keep\'s published image: it has no SQL Server driver, and Keep 0.54.2 refuses the dialect. Choose postgres or mysql, or set keep:backend.image to a build of your own that speaks it.',
        ],
        "a database URL without an external database": [
            { databaseUrl: "postgresql://keep:p@db/keep" },
            "keep:databaseUrl is set, but the database is sqlite. Remove it, or set keep:database.kind to external.",
        ],
        "a database URL beside a server in the cluster": [
            { database: { kind: "postgres" }, databaseUrl: "postgresql://keep:p@db/keep" },
            "keep:databaseUrl is set, but the database is postgres. Remove it, or set keep:database.kind to external.",
        ],
        "a database password with SQLite": [
            { databasePassword: "p" },
            "keep:databasePassword is set, but SQLite has no password. Remove it, or choose another keep:database.kind.",
        ],
        "an external database without an address": [
            { database: { kind: "external", engine: "postgres" } },
            "keep:database has no address. Set keep:databaseUrl, keep:database.urlSecret or keep:database.host.",
        ],
        "an external database with a URL and a host": [
            {
                database: { kind: "external", engine: "postgres", host: "db" },
                databaseUrl: "postgresql://keep:p@db/keep",
                databasePassword: "p",
            },
            "keep:database has more than one address. Keep one of keep:databaseUrl, keep:database.urlSecret and keep:database.host.",
        ],
        "an external database with two URLs": [
            {
                database: { kind: "external", engine: "postgres", urlSecret: { name: "s", key: "k" } },
                databaseUrl: "postgresql://keep:p@db/keep",
            },
            "keep:database has more than one address. Keep one of keep:databaseUrl, keep:database.urlSecret and keep:database.host.",
        ],
        "an external database without a password": [
            { database: { kind: "external", engine: "postgres", host: "db" } },
            'keep:database.host ("db") comes without a password. Set keep:databasePassword, or keep:database.passwordSecret. Run: pulumi config set --secret keep:databasePassword',
        ],
        "an external database with two passwords": [
            {
                database: { kind: "external", engine: "postgres", host: "db", passwordSecret: { name: "s", key: "k" } },
                databasePassword: "p",
            },
            "keep:database.passwordSecret is given beside keep:databasePassword. Keep one of them.",
        ],
        "an authority of its own for an external SQL Server": [
            {
                database: {
                    kind: "external",
                    engine: "sqlserver",
                    host: "db",
                    tls: { ca: { configMap: { name: "ca", key: "ca.crt" } } },
                },
                databasePassword: "p",
                backend: { image: "registry.example.com/keep-api:mssql" },
            },
            "keep:database.tls.ca is given, but the driver of SQL Server trusts the certificates of its image only. Remove it, and put the authority into keep:backend.image.",
        ],
        "two Soketis without Redis": [
            { websocket: { kind: "soketi", replicas: 2 } },
            "keep:websocket.replicas (2) asks for more than one Soketi, which without Redis would lose events. Set keep:redis.kind to bundled or external, or keep one pod.",
        ],
        "autoscaling of Soketi without Redis": [
            { websocket: { kind: "soketi", autoscaling: { min: 1, max: 1 } } },
            "keep:websocket.autoscaling asks for more than one Soketi, which without Redis would lose events. Set keep:redis.kind to bundled or external, or keep one pod.",
        ],
        "an external websocket without its secret": [
            { websocket: { kind: "external", host: "push.example.com", appId: "1", appKey: "k" } },
            "keep:pusherSecret is missing, but the websocket server is your own. Set its application secret. Run: pulumi config set --secret keep:pusherSecret",
        ],
        "a websocket's secret without an external websocket": [
            { pusherSecret: "secret" },
            "keep:pusherSecret is set, but the websocket server is not external. Remove it, or set keep:websocket.kind to external.",
        ],
        "settings of workers without Redis": [
            { worker: { replicas: 2 } },
            "keep:worker is given, but without Redis there are no workers. Remove it, or set keep:redis.kind to bundled or external.",
        ],
        "a Redis password without Redis": [
            { redisPassword: "p" },
            "keep:redisPassword is not used: Redis is not external, or has a passwordSecret. Remove it.",
        ],
        "a Redis password for the server in the cluster": [
            { database: { kind: "postgres" }, redis: { kind: "bundled" }, redisPassword: "p" },
            "keep:redisPassword is not used: Redis is not external, or has a passwordSecret. Remove it.",
        ],
        "two Redis passwords": [
            {
                database: { kind: "postgres" },
                redis: { kind: "external", host: "r", passwordSecret: { name: "s", key: "k" } },
                redisPassword: "p",
            },
            "keep:redisPassword is not used: Redis is not external, or has a passwordSecret. Remove it.",
        ],
        "different versions of API and user interface": [
            { images: { backend: "registry.example.com/keep-api:0.54.1" } },
            "keep:images gives API and user interface different versions (0.54.1 and keep:version), which Keep does not support. Use keep:version for both.",
        ],
        "different versions of user interface and API": [
            { images: { backend: "a.example.com/api:1.0.0", frontend: "a.example.com/ui:2.0.0" } },
            "keep:images gives API and user interface different versions (1.0.0 and 2.0.0), which Keep does not support. Use keep:version for both.",
        ],
        "a first user's password when nobody signs in": [
            { auth: { kind: "noauth", acceptPublic: true }, firstUserPassword: "p" },
            "keep:firstUserPassword is set, but keep:auth.kind noauth does not use it. Remove it.",
        ],
    });

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

    it("are not judged while one of them is wrong by itself", async () => {
        assert.deepEqual(await problems(minimal({ database: { kind: "sqlite", size: 1 }, backend: { replicas: 2 } })), [
            "keep:database.size (1) is not a setting. Known are: kind, volume.",
        ]);
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
                        ...(tier === "websocket" ? { websocket } : { [tier]: { env: { ...env, MINE: "1" } } }),
                    }),
                ),
                Object.entries(owners).map(
                    ([name, owner]) =>
                        `keep:${tier}.env.${name} is decided by ${owner}. Remove it here, and change it there if need be.`,
                ),
            );
        });
    }
});
