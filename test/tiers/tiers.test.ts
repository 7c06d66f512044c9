import assert from "node:assert/strict";

import { KEEP_VERSION } from "../../components/fields/version";
import type { EnvTier } from "../../components/secrets/settings";
import { deployKeep, RELEASE, type Written } from "../support/config";
import { envOf, mainContainer, podOf } from "../support/objects";

/** What a container needs in a namespace that enforces Pod Security restricted. */
const RESTRICTED = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

/** A stack in which every tier is there. */
const base: Written = { database: { kind: "postgres" }, redis: { kind: "bundled" } };

/** Tiers that may have several pods. */
type ScaledTier = Exclude<EnvTier, "consumer">;

const tiers: readonly ScaledTier[] = ["backend", "worker", "frontend", "websocket"];

/** That stack with settings of one tier. */
const withTier = (tier: ScaledTier, settings: Written): Written => ({
    ...base,
    [tier]: tier === "websocket" ? { kind: "soketi", ...settings } : settings,
});

const facts: Readonly<Record<ScaledTier, object>> = {
    backend: {
        image: `us-central1-docker.pkg.dev/keephq/keep/keep-api:${KEEP_VERSION}`,
        ports: { http: 8080 },
        path: "/healthcheck",
        alive: "/healthcheck",
        user: 10001,
        stop: 45,
        account: "keep-backend",
        token: true,
        scratch: { tmp: ["/tmp", "2Gi"] },
        memory: ["1Gi", "2Gi"],
    },
    worker: {
        image: `us-central1-docker.pkg.dev/keephq/keep/keep-api:${KEEP_VERSION}`,
        ports: { health: 8001 },
        path: "/",
        alive: "/",
        user: 10001,
        stop: 45,
        account: "keep-backend",
        token: true,
        scratch: { tmp: ["/tmp", "2Gi"] },
        memory: ["1Gi", "2Gi"],
    },
    frontend: {
        image: `us-central1-docker.pkg.dev/keephq/keep/keep-ui:${KEEP_VERSION}`,
        ports: { http: 3000 },
        path: "/api/healthcheck",
        alive: "/api/healthcheck",
        user: 10001,
        stop: 35,
        account: "keep-frontend",
        token: false,
        scratch: { tmp: ["/tmp", "256Mi"], cache: ["/app/.next/cache", "512Mi"] },
        memory: ["256Mi", "1Gi"],
    },
    websocket: {
        image: "quay.io/soketi/soketi:1.6.1-16-debian",
        ports: { websocket: 6001, metrics: 9601 },
        path: "/ready",
        alive: "/",
        user: 65534,
        stop: 35,
        account: "keep-websocket",
        token: false,
        scratch: { tmp: ["/tmp", "64Mi"] },
        memory: ["128Mi", "512Mi"],
    },
};

for (const tier of tiers) {
    describe(`the ${tier}`, () => {
        it("runs as its image wants it", async () => {
            const { resources } = await deployKeep(base);
            const { spec } = podOf(resources, tier);
            const {
                image,
                ports = [],
                readinessProbe,
                livenessProbe,
                lifecycle,
                resources: size,
            } = mainContainer(resources, tier);

            const mounts = mainContainer(resources, tier).volumeMounts ?? [];
            const scratch = (spec.volumes ?? []).map(({ name, emptyDir }): [string, unknown] => [
                name,
                [mounts.find((mount) => mount.name === name)?.mountPath, emptyDir?.sizeLimit],
            ]);
            assert.deepEqual(
                {
                    image,
                    ports: Object.fromEntries(
                        ports.map(({ name, containerPort }): [string, number] => [name ?? "", containerPort]),
                    ),
                    path: readinessProbe?.httpGet?.path,
                    alive: livenessProbe?.httpGet?.path,
                    user: spec.securityContext?.runAsUser,
                    stop: spec.terminationGracePeriodSeconds,
                    account: spec.serviceAccountName,
                    token: spec.automountServiceAccountToken,
                    scratch: Object.fromEntries(scratch),
                    memory: [size?.requests?.memory, size?.limits?.memory],
                },
                facts[tier],
            );
            assert.deepEqual(lifecycle, { preStop: { sleep: { seconds: 5 } } });
        });

        it("leaves its user to OpenShift", async () => {
            const { resources } = await deployKeep({ ...base, platform: "openshift" });

            assert.deepEqual(podOf(resources, tier).spec.securityContext, {
                runAsNonRoot: true,
                seccompProfile: { type: "RuntimeDefault" },
            });
        });

        it("takes image, command, arguments, size and environment from the stack", async () => {
            const resources_ = {
                requests: { cpu: "1", memory: "1Gi" },
                limits: { memory: "3Gi", "ephemeral-storage": "9Gi" },
            };
            const { resources } = await deployKeep(
                withTier(tier, {
                    image: "registry.example.com/mine:1",
                    command: ["run"],
                    args: ["--fast"],
                    resources: resources_,
                    env: {
                        PLAIN: "text",
                        NUMBER: 1,
                        FROM_SECRET: { secret: { name: "s", key: "k" } },
                        FROM_MAP: { configMap: { name: "c", key: "k" } },
                    },
                    envFrom: [
                        { secret: "all", prefix: "S_" },
                        { configMap: "map", optional: true },
                    ],
                }),
            );

            const container = mainContainer(resources, tier);
            assert.deepEqual(
                [container.image, container.command, container.args, container.resources],
                ["registry.example.com/mine:1", ["run"], ["--fast"], resources_],
            );
            const { PLAIN, NUMBER, FROM_SECRET, FROM_MAP } = envOf(container);
            assert.deepEqual([PLAIN, NUMBER, FROM_SECRET, FROM_MAP], ["text", "1", "Secret s/k", "ConfigMap c/k"]);
            assert.deepEqual(container.envFrom, [
                { prefix: "S_", secretRef: { name: "all", optional: false } },
                { configMapRef: { name: "map", optional: true } },
            ]);
        });

        it("takes labels, annotations and place from the stack", async () => {
            const place = {
                nodeSelector: { disk: "ssd" },
                tolerations: [{ key: "spot", operator: "Exists" }],
                affinity: { podAntiAffinity: {} },
                priorityClassName: "high",
            };
            const spread = [{ topologyKey: "rack", maxSkew: 1, whenUnsatisfiable: "DoNotSchedule" }];
            const { resources, one } = await deployKeep(
                withTier(tier, {
                    ...place,
                    topologySpread: spread,
                    podAnnotations: { "prometheus.io/scrape": true },
                    podLabels: { team: "core" },
                    annotations: { owner: "core" },
                }),
            );

            const { spec, labels, annotations } = podOf(resources, tier);
            const { nodeSelector, tolerations, affinity, priorityClassName, topologySpreadConstraints } = spec;
            const own = tolerations?.slice(0, place.tolerations.length);
            assert.deepEqual({ nodeSelector, tolerations: own, affinity, priorityClassName }, place);
            const selector = { "app.kubernetes.io/name": "keep", "app.kubernetes.io/instance": RELEASE };
            const labelSelector = { matchLabels: { ...selector, "app.kubernetes.io/component": tier } };
            assert.deepEqual(topologySpreadConstraints, [{ ...spread[0], labelSelector }]);
            assert.equal(labels.team, "core");
            assert.equal(annotations["prometheus.io/scrape"], "true");
            assert.match(annotations["keep.pulumi/secrets"] ?? "", /^[0-9a-f]{16}/);
            assert.equal(one("Deployment", `keep-${tier}`).inputs.metadata.annotations.owner, "core");
        });

        it("takes volumes, mounts and further containers from the stack, behind its own", async () => {
            const [before, beside] = [
                { name: "before", image: "b:1", securityContext: RESTRICTED },
                { name: "beside", image: "b:1", securityContext: RESTRICTED },
            ];
            const { resources } = await deployKeep(
                withTier(tier, {
                    volumes: [{ name: "ca", configMap: { name: "ca" } }],
                    volumeMounts: [{ name: "ca", mountPath: "/etc/ca" }],
                    initContainers: [before],
                    sidecars: [beside],
                }),
            );

            const { spec } = podOf(resources, tier);
            assert.deepEqual(spec.volumes?.at(-1), { name: "ca", configMap: { name: "ca" } });
            assert.deepEqual(mainContainer(resources, tier).volumeMounts?.at(-1), { name: "ca", mountPath: "/etc/ca" });
            assert.deepEqual(spec.initContainers, [before]);
            assert.deepEqual(spec.containers.slice(1), [beside]);
        });

        it("gives the container as long to start as the stack says", async () => {
            const { resources } = await deployKeep(withTier(tier, { startupSeconds: 1800 }));
            const { failureThreshold, periodSeconds } = mainContainer(resources, tier).startupProbe ?? {};

            assert.equal((failureThreshold ?? 0) * (periodSeconds ?? 0), 1800);
        });

        it("puts fields of the pod into the environment", async () => {
            const { resources } = await deployKeep(withTier(tier, { env: { NODE_IP: { field: "status.hostIP" } } }));
            const variable = mainContainer(resources, tier).env?.find(({ name }) => name === "NODE_IP");

            assert.deepEqual(variable, { name: "NODE_IP", valueFrom: { fieldRef: { fieldPath: "status.hostIP" } } });
        });

        it("takes number, Service and autoscaling from the stack", async () => {
            const { one } = await deployKeep(withTier(tier, { replicas: 3, service: { annotations: { a: "1" } } }));
            const scaled = await deployKeep(withTier(tier, { autoscaling: { min: 1, max: 3, cpu: 60 } }));

            assert.equal(one("Deployment", `keep-${tier}`).inputs.spec.replicas, 3);
            const { spec } = scaled.one("HorizontalPodAutoscaler", `keep-${tier}`).inputs;
            assert.deepEqual([spec.minReplicas, spec.maxReplicas], [1, 3]);
            if (tier !== "worker") {
                assert.equal(one("Service", `keep-${tier}`).inputs.metadata.annotations.a, "1");
            }
        });
    });
}
