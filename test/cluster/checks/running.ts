import { z } from "zod";

import { nameOf, readAs } from "../api/apply";
import type { ApiClient, KubernetesObject } from "../api/client";
import { conditions, holds, told } from "./shapes";

const workload = z.object({
    metadata: z.object({ generation: z.number() }),
    spec: z.object({ replicas: z.number() }),
    status: z.object({
        observedGeneration: z.number().default(0),
        replicas: z.number().default(0),
        updatedReplicas: z.number().default(0),
        availableReplicas: z.number().default(0),
        readyReplicas: z.number().default(0),
        conditions,
    }),
});

const job = z.object({ status: z.object({ conditions }) });

const claim = z.object({ status: z.object({ phase: z.string().default("unknown") }).default({ phase: "unknown" }) });

/** Pods run, Jobs have ended well, claims have their volumes: whatever of it is not so. */
export async function runningFindings(
    client: ApiClient,
    objects: readonly KubernetesObject[],
): Promise<readonly string[]> {
    return (await Promise.all(objects.map((object) => findingsOf(client, object)))).flat();
}

async function findingsOf(client: ApiClient, object: KubernetesObject): Promise<readonly string[]> {
    switch (object.kind) {
        case "Deployment":
        case "StatefulSet": {
            const found = await readAs(client, object, workload);
            if (found === undefined) return [`${nameOf(object)} is not there`];
            const { metadata, spec, status } = found;
            const counts = [status.replicas, status.updatedReplicas, status.readyReplicas, status.availableReplicas];
            const current =
                status.observedGeneration >= metadata.generation && counts.every((count) => count === spec.replicas);
            const available = object.kind === "StatefulSet" || holds(status.conditions, "Available");
            if (current && available) return [];
            return [
                `${nameOf(object)} is not available: ${status.availableReplicas} of ${spec.replicas} pods; ${told(status.conditions)}`,
            ];
        }
        case "Job": {
            const found = await readAs(client, object, job);
            if (found !== undefined && holds(found.status.conditions, "Complete")) return [];
            return [`${nameOf(object)} is not complete: ${told(found?.status.conditions ?? [])}`];
        }
        case "PersistentVolumeClaim": {
            const found = await readAs(client, object, claim);
            return found?.status.phase === "Bound"
                ? []
                : [`${nameOf(object)} is not bound, but ${found?.status.phase ?? "not there"}`];
        }
        default:
            return [];
    }
}
