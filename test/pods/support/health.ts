import { z } from "zod";

import type { ApiClient } from "../../cluster/api/client";
import { list } from "../../cluster/api/list";

const state = z.object({ terminated: z.object({ reason: z.string().default("") }).optional() }).default({});

const container = z.object({ name: z.string(), restartCount: z.number(), state, lastState: state });

const pod = z.object({
    metadata: z.object({ name: z.string() }),
    status: z.object({
        phase: z.string(),
        reason: z.string().optional(),
        containerStatuses: z.array(container).default([]),
        initContainerStatuses: z.array(container).default([]),
    }),
});

/** Pods of a namespace that have restarted, run out of memory, were evicted, or have failed. */
export async function healthFindings(client: ApiClient, namespace: string): Promise<readonly string[]> {
    const pods = await list(client, `/api/v1/namespaces/${namespace}/pods`, pod);
    return pods.flatMap(({ metadata, status }) => [
        ...(status.phase === "Failed" ? [`${metadata.name} has failed: ${status.reason ?? ""}`] : []),
        ...[...status.initContainerStatuses, ...status.containerStatuses].flatMap((found) => {
            const name = `${metadata.name}/${found.name}`;
            const reasons = [found.state, found.lastState].map(({ terminated }) => terminated?.reason);
            return [
                ...(found.restartCount > 0 ? [`${name} has restarted ${found.restartCount} times`] : []),
                ...(reasons.includes("OOMKilled") ? [`${name} ran out of memory`] : []),
            ];
        }),
    ]);
}
