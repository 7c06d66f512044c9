import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { accepts } from "../support/refusals";

const base: Written = {
    database: { kind: "postgres", settings: { max_connections: 300 } },
    redis: { kind: "bundled" },
    worker: { autoscaling: { min: 2, max: 5 }, queueLength: 20 },
};

/** ScaledObject, and the TriggerAuthentication that it names. */
async function scaling(written: Written = {}) {
    const { all, one } = await deployKeep({ ...base, ...written });
    const [authentication] = all("TriggerAuthentication").map(({ inputs }) => inputs as { spec: object });
    const { spec } = one("ScaledObject", "keep-worker").inputs as {
        spec: { triggers: { type: string; metadata: Record<string, string>; authenticationRef?: object }[] };
    };
    const [trigger] = spec.triggers;
    assert.ok(trigger !== undefined);
    return { all, spec, trigger, authentication };
}

describe("workers by the length of the queue", () => {
    it("are scaled by KEDA, by queue and CPU, between the bounds of the stack", async () => {
        const { all, spec, authentication } = await scaling();

        assert.deepEqual(spec, {
            scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "keep-worker" },
            minReplicaCount: 2,
            maxReplicaCount: 5,
            advanced: {
                horizontalPodAutoscalerConfig: {
                    behavior: {
                        scaleDown: {
                            stabilizationWindowSeconds: 300,
                            policies: [{ type: "Pods", value: 1, periodSeconds: 60 }],
                        },
                    },
                },
            },
            triggers: [
                {
                    type: "redis",
                    metadata: {
                        address: "keep-redis.keep.svc:6379",
                        databaseIndex: "0",
                        enableTLS: "false",
                        listName: "basic_processing",
                        listLength: "20",
                    },
                    authenticationRef: { name: "keep-queue" },
                },
                { type: "cpu", metricType: "Utilization", metadata: { value: "80", containerName: "worker" } },
            ],
        });
        assert.deepEqual(authentication?.spec, {
            secretTargetRef: [{ parameter: "password", name: "keep.redis", key: "password" }],
        });
        const autoscaled = all("HorizontalPodAutoscaler").map(({ physicalName }) => physicalName);
        assert.equal(autoscaled.includes("keep-worker"), false);
    });

    it("reach a Redis whose address is in a Secret", async () => {
        const key = (name: string) => ({ name: "r", key: name });
        const parts: [Written, Written, string[]][] = [
            [{ hostSecret: key("host"), portSecret: key("port") }, {}, ["host", "port"]],
            [{ hostSecret: key("host") }, { port: "6379" }, ["host"]],
            [{ host: "queue", portSecret: key("port") }, { host: "queue.keep.svc" }, ["port"]],
        ];
        for (const [place, written, stored] of parts) {
            const { trigger, authentication } = await scaling({ redis: { kind: "external", ...place } });
            const { address, host, port } = trigger.metadata;
            assert.deepEqual([address, host, port], [undefined, written.host, written.port]);
            assert.deepEqual(authentication?.spec, {
                secretTargetRef: stored.map((parameter) => ({ parameter, ...key(parameter) })),
            });
        }
    });

    it("keep no number of pods, and a disruption budget", async () => {
        const { all } = await scaling();

        const worker = all("Deployment").find(({ physicalName }) => physicalName === "keep-worker");
        assert.equal(worker?.inputs.spec.replicas, undefined);
        assert.ok(all("PodDisruptionBudget").some(({ physicalName }) => physicalName === "keep-worker"));
    });

    it("let KEDA take over from a HorizontalPodAutoscaler, and only they", async () => {
        const { all } = await deployKeep({
            ...base,
            backend: { autoscaling: { max: 2 } },
            worker: { autoscaling: { max: 2 } },
        });

        assert.deepEqual(
            all("HorizontalPodAutoscaler").map(({ physicalName, inputs }) => [
                physicalName,
                (inputs.metadata as { annotations?: Record<string, string> }).annotations?.[
                    "validations.keda.sh/hpa-ownership"
                ],
            ]),
            [
                ["keep-backend", undefined],
                ["keep-worker", "false"],
            ],
        );
        assert.deepEqual(all("ScaledObject"), []);
    });

    it("are measured at a Redis elsewhere, by user and authority", async () => {
        const { trigger, authentication } = await scaling({
            redis: {
                kind: "external",
                host: "redis.example.com",
                port: 6380,
                username: "keep",
                tls: true,
                passwordSecret: { name: "r", key: "p" },
            },
            extraCa: { configMap: { name: "authority", key: "root.pem" } },
        });

        assert.deepEqual(trigger.metadata, {
            address: "redis.example.com:6380",
            username: "keep",
            databaseIndex: "0",
            enableTLS: "true",
            listName: "basic_processing",
            listLength: "20",
        });
        assert.deepEqual(authentication?.spec, {
            secretTargetRef: [{ parameter: "password", name: "r", key: "p" }],
            configMapTargetRef: [{ parameter: "ca", name: "authority", key: "root.pem" }],
        });
    });

    it("are measured through Sentinels, without signing in where there is no password", async () => {
        const { trigger, authentication } = await scaling({
            redis: { kind: "external", sentinel: { hosts: ["s-0", "s-1.data.svc:26380"], service: "main" } },
        });

        assert.equal(trigger.type, "redis-sentinel");
        assert.equal(trigger.metadata.addresses, "s-0.keep.svc:26379,s-1.data.svc:26380");
        assert.equal(trigger.metadata.sentinelMaster, "main");
        assert.deepEqual([trigger.authenticationRef, authentication], [undefined, undefined]);
    });
    accepts({
        "a length of the queue beside the autoscaling of a size": {
            size: "medium",
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
            worker: { queueLength: 20 },
        },
    });
});
