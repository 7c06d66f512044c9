import { setTimeout } from "node:timers/promises";

import { z } from "zod";

import type { ApiClient } from "../../cluster/api/client";
import { list } from "../../cluster/api/list";
import { conditions, holds, told } from "../../cluster/checks/shapes";

const state = z.object({ terminated: z.object({ reason: z.string().default("") }).optional() }).default({});

const container = z.object({ name: z.string(), restartCount: z.number(), state, lastState: state });

const job = z.object({ metadata: z.object({ name: z.string() }), status: z.object({ conditions }) });

const pod = z.object({
    metadata: z.object({ name: z.string() }),
    status: z.object({
        phase: z.string(),
        reason: z.string().optional(),
        containerStatuses: z.array(container).default([]),
        initContainerStatuses: z.array(container).default([]),
    }),
});

/** Asks again and again until a container has restarted this often: what is wrong with it will not pass. */
const HOPELESS = 3;

/** Returns when waiting for a namespace's pods has become pointless, with what they printed last. */
export async function hopeless(client: ApiClient, namespace: string, signal: AbortSignal): Promise<readonly string[]> {
    while (!signal.aborted) {
        const pods = await list(client, `/api/v1/namespaces/${namespace}/pods`, pod);
        const failing = pods.flatMap(({ metadata, status }) =>
            [...status.initContainerStatuses, ...status.containerStatuses]
                .filter(({ restartCount }) => restartCount >= HOPELESS)
                .map(({ name }) => ({ pod: metadata.name, name })),
        );
        const failed = pods.filter(({ status }) => status.phase === "Failed");
        const jobs = await list(client, `/apis/batch/v1/namespaces/${namespace}/jobs`, job);
        const givenUp = jobs.filter(({ status }) => holds(status.conditions, "Failed"));
        if (failing.length > 0) return await Promise.all(failing.map((one) => lastLines(client, namespace, one)));
        if (failed.length >= HOPELESS || givenUp.length > 0) {
            const printed = failed.map(({ metadata, status }) =>
                lastLines(client, namespace, { pod: metadata.name, name: status.containerStatuses[0]?.name ?? "" }),
            );
            // The pod of a Job that has reached its deadline is deleted.
            const reasons = givenUp.map(({ metadata, status }) => `Job ${metadata.name}: ${told(status.conditions)}`);
            return [...reasons, ...(await Promise.all(printed))];
        }
        await setTimeout(1000);
    }
    return [];
}

async function lastLines(
    client: ApiClient,
    namespace: string,
    container: { readonly pod: string; readonly name: string },
): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/pods/${container.pod}/log?container=${container.name}&tailLines=15`;
    const previous = await client.request("GET", `${path}&previous=true`);
    const { body } = previous.status === 200 ? previous : await client.request("GET", path);
    return `${container.pod}/${container.name} keeps failing:\n${String(body)}`;
}

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
