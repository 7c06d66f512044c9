import assert from "node:assert/strict";

import { deployKeep } from "../support/config";
import { podOf } from "../support/objects";

const TIERS = ["backend", "worker", "consumer", "frontend", "websocket"];
const everything = { database: { kind: "postgres" }, redis: { kind: "bundled" }, consumer: { enabled: true } };

const taint = (name: string, tolerationSeconds: number) => ({
    key: `node.kubernetes.io/${name}`,
    operator: "Exists",
    effect: "NoExecute",
    tolerationSeconds,
});

describe("pods on a lost node", () => {
    it("are replaced after 30 seconds where they keep nothing", async () => {
        const { resources } = await deployKeep(everything);

        for (const tier of TIERS) {
            const expected = [taint("not-ready", 30), taint("unreachable", 30)];
            assert.deepEqual(podOf(resources, tier).spec.tolerations, expected, tier);
        }
    });

    it("wait for their node where they have the only copy of a file", async () => {
        const { resources } = await deployKeep({ database: { kind: "sqlite" } });

        assert.deepEqual(podOf(resources, "backend").spec.tolerations, []);
        for (const server of ["database", "redis"]) {
            assert.deepEqual(podOf((await deployKeep(everything)).resources, server).spec.tolerations, [], server);
        }
    });

    it("stay as long as the stack says", async () => {
        const own = taint("unreachable", 600);
        const { resources } = await deployKeep({ ...everything, worker: { tolerations: [own] } });

        assert.deepEqual(podOf(resources, "worker").spec.tolerations, [own, taint("not-ready", 30)]);
    });
});
