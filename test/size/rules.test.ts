import assert from "node:assert/strict";

import { connectionRows, totalConnections } from "../../components/size/connections";
import { configOf, type Written } from "../support/config";
import { accepts, refuses } from "../support/refusals";

const queue: Written = { database: { kind: "postgres" }, redis: { kind: "bundled" } };
const external = { kind: "external", engine: "postgres", host: "db.example.com" };

describe("the size of a stack", () => {
    refuses({
        "an unknown size": [
            { size: "huge" },
            'keep:size ("huge") is none of the known values. Use small, medium, large, xlarge.',
        ],
        "a size that SQLite is too small for": [
            { size: "medium" },
            'keep:size ("medium") asks for more than one API pod, but SQLite has one writer. Set keep:database.kind to postgres, mysql or external, or keep:size to small.',
        ],
        "a size that needs a queue": [
            { size: "large", database: { kind: "postgres" } },
            'keep:size ("large") counts on workers, which take alerts from a queue, but there is no Redis. Set keep:redis.kind to bundled or external, or keep:size to medium.',
        ],
    });
    accepts({ "a medium size without a queue": { size: "medium", database: { kind: "postgres" } } });
});

describe("the connections of the database", () => {
    refuses({
        "more pods than PostgreSQL has connections for": [
            { ...queue, backend: { autoscaling: { max: 6 } }, worker: { autoscaling: { max: 6 } } },
            "keep:database.settings.max_connections (200) is less than the 347 connections that may be open at once: backend 7 × 31, worker 7 × 16, setup 15, reserved 3. Set it to 347 or more, or lower replicas, autoscaling.max, processes or keep:database.pool.",
        ],
        "a larger pool than MySQL has connections for": [
            {
                database: { kind: "mysql", pool: { size: 30, maxOverflow: 30 } },
                backend: { processes: 3 },
                backup: { kind: "volume" },
                retention: { days: 30 },
            },
            "keep:database.settings.max_connections (200) is less than the 424 connections that may be open at once: backend 2 × 181, setup 60, backup 1, retention 1. Set it to 424 or more, or lower replicas, autoscaling.max, processes or keep:database.pool.",
        ],
        "fewer connections than the size has": [
            { ...queue, size: "medium", database: { kind: "postgres", settings: { max_connections: 300 } } },
            "keep:database.settings.max_connections (300) is less than the 328 connections that may be open at once: backend 5 × 31, worker 5 × 31, setup 15, reserved 3. Set it to 328 or more, or lower replicas, autoscaling.max, processes or keep:database.pool.",
        ],
        "more than an external server has for Keep": [
            { database: { ...external, maxConnections: 76 }, databasePassword: "p" },
            "keep:database.maxConnections (76) is less than the 77 connections that may be open at once: backend 2 × 31, setup 15. Set it to 77 or more, or lower replicas, autoscaling.max, processes or keep:database.pool.",
        ],
        "a server's connections in words": [
            { database: { kind: "postgres", settings: { max_connections: "many" } } },
            "keep:database.settings.max_connections is not a whole number. Write digits alone.",
        ],
    });

    accepts({
        "exactly as many as there may be": {
            database: { kind: "postgres", settings: { max_connections: 80, superuser_reserved_connections: 3 } },
        },
        "exactly as many as an external server has for Keep": {
            database: { ...external, maxConnections: 77 },
            databasePassword: "p",
        },
        "any number where the server's is not known": {
            database: external,
            databasePassword: "p",
            backend: { replicas: 100 },
        },
    });

    it("are counted for the pods that there may be, and one more in a rollout", async () => {
        const count = async (written: Written) =>
            totalConnections(connectionRows(await configOf({ ...queue, ...written })));
        const pool = 15;
        const small = 2 * (2 * pool + 1) + 2 * (pool + 1) + pool;

        assert.equal(await count({}), small);
        assert.equal(await count({ worker: { replicas: 0 } }), small - 2 * (pool + 1));
        assert.equal(await count({ backend: { autoscaling: { min: 2, max: 3 } } }), small + 2 * (2 * pool + 1));
        assert.equal(await count({ redis: undefined }), small - 2 * (pool + 1));
        assert.equal(await count({ backup: { kind: "volume" } }), small + 1);
        assert.equal(await count({ backup: { kind: "snapshot" } }), small);
        assert.equal(await count({ redis: undefined, database: undefined }), 0);
    });
});
