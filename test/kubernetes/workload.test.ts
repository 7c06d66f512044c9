import assert from "node:assert/strict";

import { container, podSpec } from "../../components/kubernetes/pod";
import { Workload, type WorkloadArgs } from "../../components/kubernetes/workload";
import { scopeOf } from "../../components/naming";
import { deploy } from "../support/harness";

const scope = scopeOf({ name: "keep", namespace: "monitoring", version: "1.2.3", labels: {} }, "web");

/** A pod of one container that serves HTTP. */
function pod(more: Partial<Parameters<typeof podSpec>[0]> = {}) {
    return podSpec({
        containers: [
            container({
                name: "web",
                image: "web:1",
                env: {},
                ports: { http: 80 },
                resources: {},
                pullPolicy: "IfNotPresent",
                mounts: [],
            }),
        ],
        volumes: [],
        user: 1000,
        pullSecrets: [],
        gracePeriodSeconds: 30,
        placement: { nodeSelector: {}, tolerations: [] },
        ...more,
    });
}

async function workload(more: Partial<WorkloadArgs> = {}) {
    const args = { scope, pod: pod(), scaling: { replicas: 1 }, port: { name: "http", number: 80 }, ...more };
    return deploy(() => new Workload("web", args));
}

const kinds = ({ resources }: { resources: readonly { type: string }[] }) =>
    resources.map(({ type }) => type.replace(/^.*:/, "")).sort();

describe("a Workload", () => {
    it("is a Deployment and a Service, no more, when it has one pod", async () => {
        const run = await workload();

        assert.deepEqual(kinds(run), ["Deployment", "Service", "Workload"]);
        const { metadata, spec } = run.one("Deployment").inputs;
        assert.deepEqual(metadata, {
            name: "keep-web",
            namespace: "monitoring",
            labels: scope.labels,
            annotations: { "pulumi.com/patchForce": "true" },
        });
        assert.deepEqual(spec.selector, { matchLabels: scope.selector });
        assert.equal(spec.replicas, 1);
        assert.deepEqual(run.one("Deployment").options.ignoreChanges, []);
        assert.equal(spec.progressDeadlineSeconds, 900);
        assert.equal(spec.revisionHistoryLimit, 3);
    });

    it("has no Service when nobody calls it", async () => {
        assert.deepEqual(kinds(await workload({ port: undefined })), ["Deployment", "Workload"]);
    });

    it("replaces its pods one by one, a new one first", async () => {
        const { one } = await workload();

        assert.deepEqual(one("Deployment").inputs.spec.strategy, {
            type: "RollingUpdate",
            rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
        });
    });

    it("stops the old pod first when only one may be there", async () => {
        const { one } = await workload({ recreate: true });

        assert.deepEqual(one("Deployment").inputs.spec.strategy, { type: "Recreate" });
    });

    it("labels its pods with the stack's labels, but for those that select them", async () => {
        const podLabels = { team: "core", "app.kubernetes.io/component": "mine" };

        const { one } = await workload({ podLabels, podAnnotations: { a: "1" }, annotations: { b: "2" } });

        const { metadata, spec } = one("Deployment").inputs;
        assert.deepEqual(spec.template.metadata, {
            labels: { team: "core", ...scope.labels },
            annotations: { a: "1" },
        });
        assert.deepEqual(metadata.annotations, { "pulumi.com/patchForce": "true", b: "2" });
    });
});

describe("the number of a Workload's pods", () => {
    it("is left to the autoscaler when there is one", async () => {
        const { one } = await workload({ scaling: { replicas: 5, autoscaling: { min: 1, max: 4 } } });

        assert.equal("replicas" in one("Deployment").inputs.spec, false);
        assert.deepEqual(one("Deployment").options.ignoreChanges, ["spec.replicas"]);
        const { metadata, spec } = one("HorizontalPodAutoscaler").inputs;
        assert.deepEqual(metadata, { name: "keep-web", namespace: "monitoring", labels: scope.labels });
        assert.deepEqual(spec, {
            scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "keep-web" },
            minReplicas: 1,
            maxReplicas: 4,
            metrics: [
                {
                    type: "Resource",
                    resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
                },
            ],
            behavior: {
                scaleDown: {
                    stabilizationWindowSeconds: 300,
                    policies: [{ type: "Pods", value: 1, periodSeconds: 60 }],
                },
            },
        });
    });

    const metrics: Readonly<Record<string, readonly [object, readonly (readonly [string, number])[]]>> = {
        "CPU alone when it alone is given": [{ cpu: 50 }, [["cpu", 50]]],
        "memory alone when it alone is given": [{ memory: 70 }, [["memory", 70]]],
        "both when both are given": [
            { cpu: 50, memory: 70 },
            [
                ["cpu", 50],
                ["memory", 70],
            ],
        ],
    };
    for (const [what, [wanted, measured]] of Object.entries(metrics)) {
        it(`follows ${what}`, async () => {
            const { one } = await workload({ scaling: { replicas: 1, autoscaling: { min: 1, max: 2, ...wanted } } });

            assert.deepEqual(
                one("HorizontalPodAutoscaler").inputs.spec.metrics.map(({ resource }) => [
                    resource.name,
                    resource.target.averageUtilization,
                ]),
                measured,
            );
        });
    }

    it("follows at the speed that the stack gives", async () => {
        const behavior = { scaleUp: { stabilizationWindowSeconds: 10 } };

        const { one } = await workload({ scaling: { replicas: 1, autoscaling: { min: 1, max: 2, behavior } } });

        assert.deepEqual(one("HorizontalPodAutoscaler").inputs.spec.behavior, behavior);
    });

    const budgets: Readonly<Record<string, readonly [WorkloadArgs["scaling"], number]>> = {
        "for two pods": [{ replicas: 2 }, 1],
        "for an autoscaler that begins at two": [{ replicas: 1, autoscaling: { min: 2, max: 3 } }, 1],
        "not for one pod": [{ replicas: 1 }, 0],
        "not for none": [{ replicas: 0 }, 0],
        "not for an autoscaler that begins at one": [{ replicas: 5, autoscaling: { min: 1, max: 3 } }, 0],
    };
    for (const [when, [scaling, count]] of Object.entries(budgets)) {
        it(`is protected from disruption, ${when}`, async () => {
            const { all } = await workload({ scaling });

            assert.deepEqual(
                all("PodDisruptionBudget").map(({ inputs }) => inputs.spec),
                Array<object>(count).fill({ maxUnavailable: 1, selector: { matchLabels: scope.selector } }),
            );
        });
    }
});

describe("a Workload's pods", () => {
    const soft = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: scope.selector },
    }));

    it("are spread over zones and nodes, without waiting for it, when they may be two", async () => {
        for (const scaling of [{ replicas: 2 }, { replicas: 1, autoscaling: { min: 1, max: 2 } }]) {
            const { one } = await workload({ scaling });
            assert.deepEqual(one("Deployment").inputs.spec.template.spec.topologySpreadConstraints, soft);
        }
    });

    it("are not spread when there is one", async () => {
        for (const scaling of [{ replicas: 1 }, { replicas: 4, autoscaling: { min: 1, max: 1 } }]) {
            const { one } = await workload({ scaling });
            assert.equal(one("Deployment").inputs.spec.template.spec.topologySpreadConstraints, undefined);
        }
    });

    it("are spread as the stack says", async () => {
        const hard = [{ topologyKey: "rack", maxSkew: 2, whenUnsatisfiable: "DoNotSchedule" }];
        const placement = { nodeSelector: {}, tolerations: [], topologySpread: hard };

        const { one } = await workload({ scaling: { replicas: 2 }, pod: pod({ placement }) });

        assert.deepEqual(one("Deployment").inputs.spec.template.spec.topologySpreadConstraints, hard);
    });
});

describe("a Workload's Service", () => {
    it("sends its port to that of the container by name, and is not waited for", async () => {
        const { one } = await workload();

        assert.deepEqual(one("Service").inputs.metadata, {
            name: "keep-web",
            namespace: "monitoring",
            labels: scope.labels,
            annotations: { "pulumi.com/skipAwait": "true" },
        });
        assert.deepEqual(one("Service").inputs.spec, {
            type: "ClusterIP",
            selector: scope.selector,
            ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
        });
    });

    it("takes type, IP families, protocol and annotations from the stack", async () => {
        const service = {
            type: "NodePort",
            annotations: { a: "1", "pulumi.com/skipAwait": "false" },
            ipFamilyPolicy: "PreferDualStack",
            appProtocol: "kubernetes.io/ws",
        };

        const { one } = await workload({ service });

        const { metadata, spec } = one("Service").inputs;
        assert.deepEqual(metadata.annotations, { a: "1", "pulumi.com/skipAwait": "false" });
        assert.deepEqual(
            [spec.type, spec.ipFamilyPolicy, spec.ports[0]?.appProtocol],
            ["NodePort", "PreferDualStack", "kubernetes.io/ws"],
        );
    });

    it("is waited for when a load balancer must give it an address", async () => {
        const { one } = await workload({ service: { type: "LoadBalancer", annotations: {} } });

        assert.deepEqual(one("Service").inputs.metadata.annotations, {});
    });
});
