import assert from "node:assert/strict";

import type { WorkloadArgs } from "../../components/kubernetes/workload";
import { pod, scope, workload } from "./workloads";

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
                    type: "ContainerResource",
                    containerResource: {
                        container: "web",
                        name: "cpu",
                        target: { type: "Utilization", averageUtilization: 80 },
                    },
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
                one("HorizontalPodAutoscaler").inputs.spec.metrics.map(({ containerResource }) => [
                    containerResource.name,
                    containerResource.target.averageUtilization,
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
        // Without it, the pods that a rolling update replaces count, and all new ones can be on one node.
        matchLabelKeys: ["pod-template-hash"],
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
