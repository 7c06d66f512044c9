import assert from "node:assert/strict";

import { connectionRows, totalConnections } from "../../components/size/connections";
import { configOf, type Written } from "../support/config";
import { accepts } from "../support/refusals";

const queue: Written = { database: { kind: "postgres" }, redis: { kind: "bundled" } };
const external = { kind: "external", engine: "postgres", host: "db.example.com" };

describe("the size of a stack", () => {
    accepts({ "a medium size without a queue": { size: "medium", database: { kind: "postgres" } } });
});

describe("the connections of the database", () => {
    accepts({
        "exactly as many as there may be": {
            database: { kind: "postgres", settings: { max_connections: 84, superuser_reserved_connections: 3 } },
        },
        "exactly as many as an external server has for Keep": {
            database: { ...external, maxConnections: 81 },
            databasePassword: "p",
        },
        "a connection more than events, in API and workers": {
            ...queue,
            database: { kind: "postgres", pool: { size: 5, maxOverflow: 1 } },
            backend: { env: { KEEP_EVENT_WORKERS: 50 } },
        },
        "a small pool for few events": {
            database: { kind: "postgres", pool: { size: 1, maxOverflow: 1 } },
            backend: { env: { KEEP_EVENT_WORKERS: "1" } },
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
        // Without Redis a container beside the API runs the watcher, instead of the workers.
        const watcher = 2 * 2;
        assert.equal(await count({ redis: undefined }), small - 2 * (pool + 1) + watcher);
        assert.equal(await count({ backup: { kind: "volume" } }), small + 1);
        assert.equal(await count({ backup: { kind: "snapshot" } }), small);
        assert.equal(await count({ redis: undefined, database: undefined }), 0);
    });
});
