import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf } from "../support/objects";

const POSTGRES = { kind: "postgres" };

/** Tiers that a stack has, and whether their environment starts Keep's watcher. */
async function watchers(written: Written): Promise<Record<string, string | undefined>> {
    const { all, resources } = await deployKeep(written);
    const tiers = all("Deployment")
        .map(({ inputs }) => inputs.metadata.labels["app.kubernetes.io/component"] ?? "")
        .filter((tier) => ["backend", "consumer", "worker"].includes(tier));
    return Object.fromEntries(tiers.map((tier) => [tier, envOf(mainContainer(resources, tier)).WATCHER]));
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
        "does not run in two processes, of which one would block": [
            { backend: { processes: 2 } },
            { backend: undefined },
        ],
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

    it("is not started by maintenance windows, in every process, either", async () => {
        const { resources } = await deployKeep();

        assert.equal(envOf(mainContainer(resources, "backend")).MAINTENANCE_WINDOWS, "false");
        await assert.rejects(
            deployKeep({ backend: { env: { WATCHER: "true" } } }),
            /keep:backend\.env\.WATCHER is decided/,
        );
        assert.ok(podOf(resources, "backend").spec.containers.length > 0);
    });
});
