import { z } from "zod";

import { ApiError, type ApiClient } from "../../cluster/api/client";
import { list } from "../../cluster/api/list";
import { settledFindings, until } from "../../cluster/api/wait";
import { runningFindings } from "../../cluster/checks/running";
import { conditions, holds } from "../../cluster/checks/shapes";
import type { DeployedKeep } from "./keep";

const pod = z.object({
    metadata: z.object({
        name: z.string(),
        uid: z.string(),
        deletionTimestamp: z.string().optional(),
        labels: z.record(z.string(), z.string()).default({}),
        ownerReferences: z.array(z.object({ kind: z.string() })).default([]),
    }),
    spec: z.object({ nodeName: z.string().optional() }),
    status: z.object({
        phase: z.string(),
        podIP: z.string().optional(),
        conditions,
        containerStatuses: z.array(z.object({ restartCount: z.number() })).default([]),
    }),
});

/** A pod of Keep's. */
export type Pod = z.infer<typeof pod>;

const PODS = "/api/v1/namespaces/keep/pods";

/** Keep's running pods, all or those of one part. */
export async function podsOf(client: ApiClient, component?: string): Promise<readonly Pod[]> {
    const pods = await list(client, PODS, pod);
    return pods.filter(
        ({ metadata, status }) =>
            status.phase === "Running" &&
            metadata.deletionTimestamp === undefined &&
            (component === undefined || metadata.labels["app.kubernetes.io/component"] === component),
    );
}

/** Restarts Deployments as `kubectl rollout restart` does. */
export async function restart(client: ApiClient, ...components: readonly string[]): Promise<void> {
    for (const component of components) {
        const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
        const path = `/apis/apps/v1/namespaces/keep/deployments/keep-${component}`;
        const body = { spec: { template: { metadata: { annotations } } } };
        await expect(client.request("PATCH", path, body, "application/strategic-merge-patch+json"));
    }
}

/**
 * Waits until every Deployment of a release is at its newest and available, and its pods are Ready, which a Deployment notices
 * later; returns what is not, if not in time.
 */
export async function healed({ cluster, objects }: DeployedKeep, seconds: number): Promise<readonly string[]> {
    const deployments = objects.filter(({ kind }) => kind === "Deployment");
    return await settledFindings(seconds * 1000, async () => {
        const unready = (await podsOf(cluster.client)).filter(({ status }) => !holds(status.conditions, "Ready"));
        return [
            ...(await runningFindings(cluster.client, deployments)),
            ...unready.map(({ metadata }) => `${metadata.name} is not Ready`),
        ];
    });
}

/** Deletes the pods of a part and waits until they are gone, as `kubectl delete pod` does. */
export async function deletePods(client: ApiClient, component: string): Promise<void> {
    for (const { metadata } of await podsOf(client, component)) {
        await expect(client.request("DELETE", `${PODS}/${metadata.name}`));
        await until(`${metadata.name} is gone`, 180_000, async () => {
            return (await client.request("GET", `${PODS}/${metadata.name}`)).status === 404;
        });
    }
}

/** Waits until the kubelet has started a pod's container again. */
export async function restarted(client: ApiClient, { metadata, status }: Pod): Promise<void> {
    const count = (containers: Pod["status"]["containerStatuses"]) =>
        containers.reduce((sum, { restartCount }) => sum + restartCount, 0);
    await until(`${metadata.name} has restarted`, 180_000, async () => {
        const found = (await list(client, PODS, pod)).find((other) => other.metadata.uid === metadata.uid);
        return found !== undefined && count(found.status.containerStatuses) > count(status.containerStatuses);
    });
}

/** Asks for a pod to leave its node, as a drain does; false where a PodDisruptionBudget forbids it for now. */
export async function evict(client: ApiClient, name: string): Promise<boolean> {
    const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace: "keep" } };
    const { status, body: answer } = await client.request("POST", `${PODS}/${name}/eviction`, body);
    // A pod that has gone meanwhile has left, too.
    if (status < 300 || status === 404) return true;
    if (status === 429) return false;
    throw new ApiError(status, JSON.stringify(answer));
}

/** Lets a node take new pods, or none. */
export async function setSchedulable(client: ApiClient, node: string, schedulable: boolean): Promise<void> {
    const body = { spec: { unschedulable: !schedulable } };
    await expect(client.request("PATCH", `/api/v1/nodes/${node}`, body, "application/merge-patch+json"));
}

async function expect(request: ReturnType<ApiClient["request"]>): Promise<void> {
    const { status, body } = await request;
    if (status >= 300) throw new ApiError(status, JSON.stringify(body));
}
