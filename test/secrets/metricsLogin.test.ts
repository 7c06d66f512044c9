import assert from "node:assert/strict";

import { monitored, WITH_WORKERS } from "../monitoring/monitored";
import { deployStack, minimal } from "../support/config";
import { envOf, mainContainer } from "../support/objects";

describe("the login of monitoring", () => {
    it("signs in to the API with a key that the setup step makes there", async () => {
        const { monitors, one, resources } = await monitored(WITH_WORKERS);

        assert.deepEqual(monitors[0]?.spec.podMetricsEndpoints, [
            {
                port: "http",
                path: "/metrics/processing",
                interval: "30s",
                basicAuth: {
                    username: { name: "keep.metrics", key: "username" },
                    password: { name: "keep.metrics", key: "password" },
                },
            },
        ]);
        const { password } = one("Secret", "keep.metrics").inputs.stringData;
        assert.equal(envOf(mainContainer(resources, "setup")).KEEP_DEFAULT_API_KEYS, "Secret keep.setup/api-keys");
        assert.match(
            one("Secret", "keep.setup").inputs.stringData["api-keys"] ?? "",
            new RegExp(`^metrics-[0-9a-f]{8}:noc:${password ?? "?"}$`),
        );
    });

    it("adds its key to those of the stack, under another name when it changes", async () => {
        const { one } = await monitored({ ...WITH_WORKERS, apiKeys: "grafana:webhook:own-key" });
        // Another stack, and so another generated key.
        const other = await deployStack({ ...minimal(WITH_WORKERS), stack: "other" });

        const keys = (one("Secret", "keep.setup").inputs.stringData["api-keys"] ?? "").split(",");
        const [otherKey] = (other.one("Secret", "keep.setup").inputs.stringData["api-keys"] ?? "").split(":");
        assert.equal(keys[0], "grafana:webhook:own-key");
        assert.notEqual(keys[1]?.split(":")[0], otherKey);
    });

    it("takes a key of the stack's own, and makes none", async () => {
        const { monitors, one } = await monitored({
            monitoring: { enabled: true, apiKeySecret: { name: "own", key: "api" } },
        });

        assert.deepEqual((monitors[0]?.spec.podMetricsEndpoints[0] as { basicAuth?: unknown }).basicAuth, {
            username: { name: "keep.metrics", key: "username" },
            password: { name: "own", key: "api" },
        });
        assert.deepEqual(Object.keys(one("Secret", "keep.metrics").inputs.stringData), ["username"]);
        assert.equal("api-keys" in one("Secret", "keep.setup").inputs.stringData, false);
    });
});
