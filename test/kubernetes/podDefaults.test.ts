import assert from "node:assert/strict";

import { deployKeep } from "../support/config";
import { podOf, type Pods, podsOf } from "../support/objects";
const toleration = { key: "team", operator: "Exists" };
const everything = {
    database: { kind: "postgres" },
    redis: { kind: "bundled" },
    consumer: { enabled: true },
    retention: { days: 30 },
    backup: { kind: "volume" },
};

interface JobSpec {
    readonly activeDeadlineSeconds?: number;
}

const isJob = ({ owner }: Pods) => owner.kind !== "Deployment";

describe("keep:pods", () => {
    it("reaches the pods of every tier, server and Job", async () => {
        const { resources } = await deployKeep({
            ...everything,
            pods: {
                labels: { team: "alerts" },
                annotations: { "example.com/scan": true },
                nodeSelector: { disk: "ssd" },
                tolerations: [toleration],
                affinity: { nodeAffinity: {} },
                priorityClassName: "high",
                dnsConfig: { searches: ["example.com"] },
                hostAliases: [{ ip: "10.0.0.5", hostnames: ["db.example.com"] }],
            },
        });
        const pods = podsOf(resources);

        assert.equal(pods.length, 10);
        for (const { owner, labels, annotations, spec } of pods) {
            assert.equal(labels.team, "alerts", owner.id);
            assert.equal(annotations["example.com/scan"], "true", owner.id);
            assert.deepEqual(spec.nodeSelector, { disk: "ssd" }, owner.id);
            assert.deepEqual(spec.tolerations?.[0], toleration, owner.id);
            assert.deepEqual(spec.affinity, { nodeAffinity: {} }, owner.id);
            assert.equal(spec.priorityClassName, "high", owner.id);
            assert.deepEqual(spec.dnsConfig, { searches: ["example.com"] }, owner.id);
            assert.deepEqual(spec.hostAliases, [{ ip: "10.0.0.5", hostnames: ["db.example.com"] }], owner.id);
        }
    });

    it("joins the names of an address, of which Kubernetes takes one entry", async () => {
        const alias = (...hostnames: string[]) => ({ ip: "10.0.0.5", hostnames });
        const { resources } = await deployKeep({
            pods: { hostAliases: [alias("db.example.com")] },
            backend: { hostAliases: [alias("kafka.example.com")] },
        });

        assert.deepEqual(podOf(resources, "backend").spec.hostAliases, [alias("db.example.com", "kafka.example.com")]);
    });

    it("gives way to what a component says itself, name by name in maps, and is joined with its lists", async () => {
        const own = { key: "database", operator: "Exists" };
        const { resources } = await deployKeep({
            ...everything,
            pods: {
                labels: { team: "alerts", tier: "any" },
                nodeSelector: { disk: "ssd", zone: "a" },
                tolerations: [toleration],
                priorityClassName: "high",
            },
            database: {
                kind: "postgres",
                podLabels: { tier: "data" },
                nodeSelector: { zone: "b" },
                tolerations: [own],
                priorityClassName: "highest",
            },
        });
        const { labels, spec } = podOf(resources, "database");

        assert.deepEqual([labels.team, labels.tier], ["alerts", "data"]);
        assert.deepEqual(spec.nodeSelector, { disk: "ssd", zone: "b" });
        assert.deepEqual(spec.tolerations, [toleration, own]);
        assert.equal(spec.priorityClassName, "highest");
    });
});

describe("the pods of Jobs", () => {
    it("take annotations and labels from the stack, beside their own", async () => {
        const own = { podAnnotations: { "backup.velero.io/backup-volumes": "tmp" }, podLabels: { job: "yes" } };
        const { resources } = await deployKeep({
            ...everything,
            setup: own,
            retention: { days: 30, ...own },
            backup: { kind: "volume", ...own },
        });

        for (const { owner, labels, annotations } of podsOf(resources).filter(isJob)) {
            assert.equal(annotations["backup.velero.io/backup-volumes"], "tmp", owner.id);
            assert.equal(labels.job, "yes", owner.id);
            assert.equal(labels["app.kubernetes.io/name"], "keep", owner.id);
        }
    });

    it("have the node affinity of the tier whose settings they have, and not its rules about other pods", async () => {
        const others = {
            requiredDuringSchedulingIgnoredDuringExecution: [
                {
                    topologyKey: "kubernetes.io/hostname",
                    labelSelector: { matchLabels: { "app.kubernetes.io/component": "backend" } },
                },
            ],
        };
        const affinityOn = (key: string) => ({
            nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                    nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "Exists" }] }],
                },
            },
            podAffinity: others,
            podAntiAffinity: others,
        });
        const [byTier, byDefault] = [affinityOn("tier"), affinityOn("pods")];
        const placed: [object, typeof byTier][] = [
            [{ backend: { affinity: byTier }, frontend: { affinity: byTier } }, byTier],
            [{ pods: { affinity: byDefault } }, byDefault],
        ];
        for (const kind of ["volume", "snapshot"]) {
            for (const [settings, expected] of placed) {
                const { resources } = await deployKeep({
                    ...everything,
                    backup: { kind },
                    verify: { enabled: true },
                    ...settings,
                });
                const jobs = podsOf(resources).filter(isJob);

                assert.equal(jobs.length, 4, kind);
                assert.deepEqual(podOf(resources, "backend").spec.affinity, expected);
                for (const { owner, spec } of jobs) {
                    assert.deepEqual(spec.affinity, { nodeAffinity: expected.nodeAffinity }, `${kind}: ${owner.id}`);
                }
            }
        }
    });

    it("have a mesh's proxy as a native sidecar, which lets a Job complete, and no other pods have", async () => {
        const { resources } = await deployKeep(everything);
        const native = (annotation: string) =>
            podsOf(resources).filter(({ annotations }) => annotations[annotation] === "true");

        for (const annotation of [
            "config.beta.linkerd.io/proxy-enable-native-sidecar",
            "sidecar.istio.io/nativeSidecar",
        ]) {
            assert.deepEqual(
                native(annotation).map(({ owner }) => owner.id),
                podsOf(resources)
                    .filter(isJob)
                    .map(({ owner }) => owner.id),
            );
        }
    });

    it("complete beside a container that never ends, or end by a deadline", async () => {
        const endless = { name: "endless", image: "registry.example.com/proxy:1", command: ["sleep", "infinity"] };
        const security = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
        const native = { ...endless, name: "native", restartPolicy: "Always", securityContext: security };
        const { resources } = await deployKeep({
            ...everything,
            backend: { initContainers: [native], sidecars: [{ ...endless, securityContext: security }] },
            verify: { enabled: true },
        });

        for (const { owner, spec } of podsOf(resources).filter(isJob)) {
            const ofOwner: JobSpec & { jobTemplate?: { spec: JobSpec } } = owner.spec;
            const { activeDeadlineSeconds } = ofOwner.jobTemplate?.spec ?? ofOwner;
            assert.ok(activeDeadlineSeconds !== undefined && activeDeadlineSeconds <= 7200, owner.id);
            // Kubernetes waits for containers, and for init containers unless they always restart.
            assert.ok(!spec.containers.some(({ name }) => name === "endless"), owner.id);
            const waits = (spec.initContainers ?? []).filter(({ command }) => command?.includes("infinity"));
            assert.ok(
                waits.every(({ restartPolicy }) => restartPolicy === "Always"),
                owner.id,
            );
        }
        assert.equal(podOf(resources, "setup").spec.initContainers?.[0]?.name, "native");
    });

    it("leave the mesh where the stack says so", async () => {
        const { resources } = await deployKeep({
            ...everything,
            setup: { podLabels: { "sidecar.istio.io/inject": false } },
        });

        assert.equal(podOf(resources, "setup").labels["sidecar.istio.io/inject"], "false");
    });
});
