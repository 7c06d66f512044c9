import { z } from "zod";

import { nameOf } from "../api/apply";
import type { ApiClient, KubernetesObject } from "../api/client";
import { list, selectorQuery } from "../api/list";
import { holds, pod, service } from "./shapes";

const slice = z.object({
    endpoints: z
        .array(z.object({ conditions: z.object({ ready: z.boolean().default(true) }).default({ ready: true }) }))
        .nullish(),
    ports: z.array(z.object({ name: z.string().default(""), port: z.number().nullish() })).nullish(),
});

/** Services select Ready pods of this release, and each of their ports is one that the pods' containers open. */
export async function serviceFindings(
    client: ApiClient,
    objects: readonly KubernetesObject[],
): Promise<readonly string[]> {
    const deployments = objects
        .filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet")
        .map(({ metadata }) => metadata.name);
    const services = objects.filter(({ kind }) => kind === "Service");
    return (await Promise.all(services.map((object) => findingsOf(client, object, deployments)))).flat();
}

async function findingsOf(
    client: ApiClient,
    object: KubernetesObject,
    workloads: readonly string[],
): Promise<readonly string[]> {
    const { spec } = service.parse(object);
    // Without a selector a Service is a name for something else, and has no pods to look at.
    if (spec.selector === undefined) return [];
    const namespace = `/namespaces/${object.metadata.namespace ?? "default"}`;
    const pods = await list(client, `/api/v1${namespace}/pods?${selectorQuery(spec.selector)}`, pod);
    const slices = await list(
        client,
        `/apis/discovery.k8s.io/v1${namespace}/endpointslices?${selectorQuery({ "kubernetes.io/service-name": object.metadata.name })}`,
        slice,
    );

    const findings: string[] = [];
    const say = (text: string) => findings.push(`${nameOf(object)} ${text}`);
    if (pods.length === 0) say("selects no pod");
    for (const { metadata, status } of pods) {
        if (!holds(status.conditions, "Ready")) say(`selects pod ${metadata.name}, which is not Ready`);
        if (!workloads.some((name) => metadata.name.startsWith(`${name}-`)))
            say(`selects pod ${metadata.name}, which is none of this release`);
    }
    const ready = slices.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions }) => conditions.ready);
    if (ready.length < pods.length || ready.length === 0)
        say(`has ${ready.length} ready endpoints for ${pods.length} pods`);

    const served = slices.flatMap(({ ports }) => ports ?? []).flatMap(({ name, port }) => (port == null ? [] : [name]));
    for (const { name = "", port, targetPort = port } of spec.ports) {
        const opened = pods.every((one) =>
            one.spec.containers.some(({ ports }) =>
                ports.some((open) => open.containerPort === targetPort || open.name === targetPort),
            ),
        );
        if (!opened) say(`sends port ${port} to ${targetPort}, which no container opens`);
        else if (!served.includes(name)) say(`has no endpoint for port ${port}`);
    }
    return findings;
}
