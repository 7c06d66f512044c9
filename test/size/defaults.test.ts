import assert from "node:assert/strict";

import { sizes } from "../../components/size/sizes";
import { configOf, type Written } from "../support/config";
import { kindsOf, variant } from "../support/variants";
import { problemsOfEach } from "../support/refusals";
import { minimal } from "../support/config";

const base: Written = { size: "large", database: { kind: "postgres" }, redis: { kind: "bundled" } };
const own = { requests: { cpu: "3" } };

describe("a size", () => {
    it("sets pods, processes, resources, pool and server", async () => {
        const { backend, worker, frontend, websocket, database, redis } = await configOf(base);

        assert.deepEqual(backend.autoscaling, { min: 2, max: 6 });
        assert.deepEqual([backend.processes, worker.processes], [2, 2]);
        assert.deepEqual(worker.resources?.limits, { cpu: "2", memory: "4Gi" });
        assert.deepEqual(frontend.autoscaling, { min: 2, max: 4 });
        assert.deepEqual("autoscaling" in websocket && websocket.autoscaling, { min: 2, max: 4 });
        assert.ok(database.kind === "postgres" && redis.kind === "bundled");
        assert.deepEqual([database.pool.size, database.pool.maxOverflow, database.pool.timeout], [10, 5, 30]);
        assert.deepEqual(database.settings, {
            max_connections: "600",
            shared_buffers: "8GB",
            effective_cache_size: "24GB",
        });
        assert.deepEqual(database.resources?.requests, { cpu: "4", memory: "32Gi" });
        assert.deepEqual(redis.resources?.limits, { cpu: "4", memory: "8Gi" });
    });

    it("is small unless the stack says otherwise, which is what every setting has by itself", async () => {
        const { size, backend, worker, database } = await configOf({ ...base, size: undefined });

        assert.equal(size, "small");
        assert.deepEqual([backend.replicas, backend.autoscaling, backend.resources], [1, undefined, undefined]);
        assert.equal(worker.processes, 1);
        assert.ok(database.kind === "postgres");
        assert.deepEqual(database.settings, { max_connections: "200", shared_buffers: "256MB" });
    });

    it("gives way to what the stack says, setting by setting", async () => {
        const { backend, worker, database } = await configOf({
            ...base,
            backend: { processes: 4, resources: own },
            worker: { autoscaling: { max: 3 } },
            database: { kind: "postgres", settings: { max_connections: 900, work_mem: "8MB" }, pool: { size: 7 } },
        });

        assert.equal(backend.processes, 4);
        assert.deepEqual(backend.resources, own);
        assert.deepEqual(backend.autoscaling, { min: 2, max: 6 });
        assert.deepEqual(worker.autoscaling, { min: 2, max: 3 });
        assert.ok(database.kind === "postgres");
        assert.deepEqual([database.pool.size, database.pool.maxOverflow], [7, 5]);
        assert.deepEqual(database.settings, {
            max_connections: "900",
            shared_buffers: "8GB",
            effective_cache_size: "24GB",
            work_mem: "8MB",
        });
    });

    it("leaves a number of pods that the stack gives without an autoscaler", async () => {
        const { backend, worker } = await configOf({
            ...base,
            backend: { replicas: 3 },
            worker: { replicas: 1, autoscaling: { min: 1, max: 2 } },
        });

        assert.deepEqual([backend.replicas, backend.autoscaling], [3, undefined]);
        assert.deepEqual(worker.autoscaling, { min: 1, max: 2 });
    });

    it("adds no kind: without Redis there is one Soketi, and none where the stack wants none", async () => {
        const { redis, websocket } = await configOf({ size: "medium", database: { kind: "mysql" } });
        const { websocket: without } = await configOf({ ...base, websocket: { kind: "none" } });

        assert.deepEqual(redis, { kind: "none" });
        assert.ok(websocket.kind === "soketi");
        assert.equal(websocket.autoscaling, undefined);
        assert.deepEqual(without, { kind: "none" });
    });

    it("goes with every kind of server, Redis and websocket, and always has the connections that it may open", async () => {
        const stacks = sizes.flatMap((size) =>
            ["postgres", "mysql", "sqlserver", "external"].flatMap((database) =>
                ["bundled", "external"].flatMap((redis) =>
                    kindsOf("websocket").map((websocket) =>
                        minimal({
                            ...variant("redis", redis),
                            ...variant("websocket", websocket),
                            ...variant("database", database),
                            size,
                            backup: database === "sqlserver" ? undefined : { kind: "volume" },
                            retention: database === "sqlserver" ? undefined : { days: 30 },
                        }),
                    ),
                ),
            ),
        );

        assert.equal(stacks.length, 96);
        assert.deepEqual((await problemsOfEach(stacks)).flat(), []);
    });

    it("is not blamed for what else is wrong in the keys that it adds to", async () => {
        const [found = []] = await problemsOfEach([
            minimal({ ...base, backend: "two", frontend: { replcas: 2 }, database: { kind: "postgres", pool: 5 } }),
        ]);

        assert.deepEqual(found, [
            "keep:database.pool (5) is not an object. Write its fields, such as {size: value}.",
            'keep:backend ("[hidden]") is not an object. Write its fields, such as {enabled: value}.',
            "keep:frontend.replcas is not a setting. Perhaps you meant keep:frontend.replicas.",
        ]);
    });
});
