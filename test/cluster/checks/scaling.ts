import { z } from "zod";

import { nameOf, readAs } from "../api/apply";
import type { ApiClient, KubernetesObject } from "../api/client";
import { list, selectorQuery } from "../api/list";
import { conditions, holds, pod, told } from "./shapes";

const autoscaler = z.object({
    spec: z.object({ minReplicas: z.number().default(1), maxReplicas: z.number() }),
    status: z.object({ currentReplicas: z.number().default(0), conditions }),
});

const budget = z.object({
    spec: z.object({ selector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }),
    status: z.object({
        expectedPods: z.number().default(0),
        currentHealthy: z.number().default(0),
        desiredHealthy: z.number().default(0),
        disruptionsAllowed: z.number().default(0),
    }),
});

/** Autoscalers have found their Deployment and hold it in their range; budgets count the very pods they are meant for. */
export async function scalingFindings(
    client: ApiClient,
    objects: readonly KubernetesObject[],
): Promise<readonly string[]> {
    const looks = objects.map((object) => {
        switch (object.kind) {
            case "HorizontalPodAutoscaler":
                return autoscalerFindings(client, object);
            case "PodDisruptionBudget":
                return budgetFindings(client, object);
            default:
                return Promise.resolve([]);
        }
    });
    return (await Promise.all(looks)).flat();
}

async function autoscalerFindings(client: ApiClient, object: KubernetesObject): Promise<readonly string[]> {
    const found = await readAs(client, object, autoscaler);
    if (found === undefined) return [`${nameOf(object)} is not there`];
    const { spec, status } = found;
    if (!holds(status.conditions, "AbleToScale"))
        return [`${nameOf(object)} has not found what it scales: ${told(status.conditions)}`];
    // There are no metrics without a kubelet, so it never is active; but the reason must be that, and not the selector.
    const active = status.conditions.find(({ type }) => type === "ScalingActive");
    if (active?.reason.includes("Selector") === true)
        return [`${nameOf(object)} can't tell its pods: ${active.message}`];
    const inRange = status.currentReplicas >= spec.minReplicas && status.currentReplicas <= spec.maxReplicas;
    if (!inRange)
        return [
            `${nameOf(object)} sees ${status.currentReplicas} pods, not ${spec.minReplicas} to ${spec.maxReplicas}`,
        ];
    return [];
}

async function budgetFindings(client: ApiClient, object: KubernetesObject): Promise<readonly string[]> {
    const found = await readAs(client, object, budget);
    if (found === undefined) return [`${nameOf(object)} is not there`];
    const { spec, status } = found;
    const namespace = object.metadata.namespace ?? "default";
    const pods = await list(
        client,
        `/api/v1/namespaces/${namespace}/pods?${selectorQuery(spec.selector.matchLabels)}`,
        pod,
    );
    const findings: string[] = [];
    if (pods.length === 0) findings.push(`${nameOf(object)} covers no pod`);
    if (status.expectedPods !== pods.length || status.currentHealthy !== pods.length) {
        findings.push(
            `${nameOf(object)} counts ${status.currentHealthy} of ${status.expectedPods} pods healthy, and selects ${pods.length}`,
        );
    }
    if (status.disruptionsAllowed === 0)
        findings.push(`${nameOf(object)} allows no disruption, so no node can be drained`);
    return findings;
}
