import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf } from "../support/objects";

const POSTGRES = { kind: "postgres" };

/** Tiers that a stack has, and whether their environment starts Keep's watcher, or a container beside them is it. */
async function watchers(written: Written): Promise<Record<string, string | undefined>> {
    const { all, resources } = await deployKeep(written);
    const tiers = all("Deployment")
        .map(({ inputs }) => inputs.metadata.labels["app.kubernetes.io/component"] ?? "")
        .filter((tier) => ["backend", "consumer", "worker"].includes(tier));
    const isBeside = (tier: string) => podOf(resources, tier).spec.containers.some(({ name }) => name === "watcher");
    return Object.fromEntries(
        tiers.map((tier) => [tier, isBeside(tier) ? "beside" : envOf(mainContainer(resources, tier)).WATCHER]),
    );
}

describe("Keep's watcher, which ends dismissals and maintenance windows", () => {
    const cases: Readonly<Record<string, readonly [Written, Record<string, string | undefined>]>> = {
        "runs in the API when that is one process": [{ backend: { processes: 1 } }, { backend: "true" }],
        "runs in the consumer, which is one process": [
            { database: POSTGRES, consumer: { enabled: true }, backend: { processes: 1 } },
            { backend: undefined, consumer: "true" },
        ],
        "runs in the workers by itself, under a lock in Redis": [
            { database: POSTGRES, redis: { kind: "bundled" }, consumer: { enabled: true } },
            { backend: undefined, consumer: undefined, worker: undefined },
        ],
        "runs beside two processes, of which one would block": [{ backend: { processes: 2 } }, { backend: "beside" }],
        "runs beside the two processes of the default stack": [{}, { backend: "beside" }],
        "does not run in two pods": [
            { database: POSTGRES, backend: { processes: 1, replicas: 2 } },
            { backend: undefined },
        ],
        "does not run in pods that may become two": [
            { database: POSTGRES, backend: { processes: 1, autoscaling: { min: 1, max: 2 } } },
            { backend: undefined },
        ],
    };
    for (const [what, [written, expected]] of Object.entries(cases)) {
        it(what, async () => {
            assert.deepEqual(await watchers(written), expected);
        });
    }

    it("is missed in a warning where nothing runs it, and only there", async () => {
        const { warnings } = await deployKeep({ database: POSTGRES, backend: { replicas: 2 } });
        assert.match(warnings.join("\n"), /Nothing ends dismissals .*Set keep:redis\.kind, or keep:consumer\.enabled/);
        for (const fix of [{ consumer: { enabled: true } }, { redis: { kind: "bundled" } }]) {
            const fixed = await deployKeep({ database: POSTGRES, backend: { replicas: 2 }, ...fix });
            assert.deepEqual(fixed.warnings, []);
        }
    });

    it("has the API's image, environment, database and volumes beside it, and a scratch directory of its own", async () => {
        const { resources } = await deployKeep({
            backend: { image: "registry.example.com/keep:1", env: { LOG_LEVEL: "DEBUG" } },
        });
        const { containers } = podOf(resources, "backend").spec;
        const [api, watcher] = ["backend", "watcher"].map((name) => containers.find((one) => one.name === name));
        assert.ok(api !== undefined && watcher !== undefined);
        assert.equal(watcher.image, api.image);
        assert.deepEqual(
            watcher.env?.filter(({ name }) => name !== "WATCHER_PORT"),
            api.env,
        );
        const mountOf = (container: typeof api, path: string) =>
            (container.volumeMounts ?? []).find(({ mountPath }) => mountPath === path)?.name;
        assert.equal(mountOf(watcher, "/state"), mountOf(api, "/state"));
        assert.notEqual(mountOf(watcher, "/tmp"), mountOf(api, "/tmp"));
    });

    it("is not started by maintenance windows, in every process, either", async () => {
        const { resources } = await deployKeep();

        assert.equal(envOf(mainContainer(resources, "backend")).MAINTENANCE_WINDOWS, "false");
        await assert.rejects(
            deployKeep({ backend: { env: { WATCHER: "true" } } }),
            /keep:backend\.env\.WATCHER is set by keep:backend\.processes/,
        );
        assert.ok(podOf(resources, "backend").spec.containers.length > 0);
    });
});
