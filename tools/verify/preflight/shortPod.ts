import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import * as z from "zod";

import { type Cluster, type ClusterObject, type Finding, type PodRuns, RejectedPod } from "./cluster";
import type { Template } from "./namespace";

const container = z.looseObject({
    image: z.string(),
    state: z
        .looseObject({
            waiting: z.looseObject({ reason: z.string().optional(), message: z.string().default("") }).optional(),
            terminated: z.looseObject({ exitCode: z.number(), message: z.string().default("") }).optional(),
        })
        .default({}),
});
const podStatus = z.looseObject({
    conditions: z
        .array(z.looseObject({ type: z.string(), status: z.string(), message: z.string().default("") }))
        .default([]),
    initContainerStatuses: z.array(container).default([]),
    containerStatuses: z.array(container).default([]),
});

/** The status of a pod, with the fields that checks use. */
export type PodStatus = z.infer<typeof podStatus>;

/** A pod that runs for a check, and is then deleted. */
export interface ShortPod {
    /** Prefix of its name. */
    readonly name: string;
    readonly namespace: string;
    readonly template: Template;
    /** Secrets and ConfigMaps that it needs; they are deleted with the pod. */
    readonly needs?: readonly ClusterObject[];
    /** Whether its status has the result. */
    readonly isAnswer: (status: PodStatus) => boolean;
}

/**
 * Runs a pod until its status has the result, or until the timeout. Returns the last status. Always deletes the pod.
 * @throws RejectedPod if the API server rejects it
 */
export async function statusOf(cluster: Cluster, { timeout, interval }: PodRuns, pod: ShortPod): Promise<PodStatus> {
    const { namespace, template, needs = [] } = pod;
    const name = `${pod.name}-${randomBytes(3).toString("hex")}`;
    const spec = { restartPolicy: "Never", automountServiceAccountToken: false, ...template.spec };
    const object = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...template.metadata, name, namespace },
        // Limits the run time of the pod if this program is killed.
        spec: { ...spec, serviceAccountName: undefined, activeDeadlineSeconds: 2 * timeout },
    };
    const rejection = await cluster.rejection(object);
    if (rejection !== undefined && !rejection.includes("cannot create resource")) {
        throw new RejectedPod(rejection, namespace);
    }
    const created = await cluster.create(object);
    const interrupted = new AbortController();
    const stop = () => {
        interrupted.abort();
    };
    process.once("SIGINT", stop).once("SIGTERM", stop);
    try {
        const ownerReferences = [{ apiVersion: "v1", kind: "Pod", name, uid: created.metadata?.uid }];
        for (const object of needs) {
            const metadata = { ...object.metadata, namespace, ownerReferences };
            await cluster.create({ ...object, metadata });
        }
        const end = Date.now() + 1000 * timeout;
        let status: PodStatus;
        do {
            await pause(1000 * interval);
            status = podStatus.parse((await cluster.get("v1", "Pod", name, namespace))?.status ?? {});
        } while (!interrupted.signal.aborted && !pod.isAnswer(status) && Date.now() < end);
        return status;
    } finally {
        await cluster.delete("v1", "Pod", name, namespace);
        process.off("SIGINT", stop).off("SIGTERM", stop);
    }
}

/** The reason why no node can run the pod. */
export function unscheduled({ conditions }: PodStatus, namespace: string): Finding[] {
    return conditions
        .filter(({ type, status }) => type === "PodScheduled" && status === "False")
        .map(({ message }) => ({
            problem: `no node can run the pod: ${message}`,
            next: `kubectl -n ${namespace} get events`,
        }));
}
