import { z } from "zod";

import { type ApiClient, ApiError, type KubernetesObject } from "./client";

/** What every namespace of a release must bear: Pods that fall short are refused, and whoever asks for one is warned. */
const RESTRICTED = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
};

/** Kinds that others name and need: they go first, in this order, and all the rest after them. */
const FIRST = [
    ["Namespace", "CustomResourceDefinition", "StorageClass", "PriorityClass", "PersistentVolume"],
    ["ServiceAccount", "Secret", "ConfigMap", "PersistentVolumeClaim", "Role", "ClusterRole"],
];

/** How an object is called in a finding. */
export function nameOf({ kind, metadata }: KubernetesObject): string {
    return metadata.namespace === undefined
        ? `${kind} ${metadata.name}`
        : `${kind} ${metadata.namespace}/${metadata.name}`;
}

/** Every namespace that the objects live in or make. */
export function namespacesOf(objects: readonly KubernetesObject[]): readonly string[] {
    const named = objects.map(({ kind, metadata }) => (kind === "Namespace" ? metadata.name : metadata.namespace));
    return [...new Set(named.filter((name) => name !== undefined))].sort();
}

/**
 * Refuses to go on where a namespace is there already: it may hold what somebody needs, applying would change it, and
 * `removeAll` would take it away.
 */
export async function assertAbsent(client: ApiClient, objects: readonly KubernetesObject[]): Promise<void> {
    for (const namespace of namespacesOf(objects)) {
        const { status } = await client.request("GET", `/api/v1/namespaces/${namespace}`);
        if (status !== 404)
            throw new Error(`Namespace ${namespace} is in the cluster already; remove it first if it is left over.`);
    }
}

/** Applies a whole release, namespaces enforcing Pod Security by their labels; refusals and warnings are the findings. */
export async function applyAll(
    client: ApiClient,
    objects: readonly KubernetesObject[],
    podSecurity: Readonly<Record<string, string>> = RESTRICTED,
): Promise<readonly string[]> {
    const made = new Set(objects.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name));
    const missing = namespacesOf(objects).filter((name) => !made.has(name));
    const all = [
        ...missing.map((name): KubernetesObject => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
        ...objects,
    ];

    const findings: string[] = [];
    for (const rank of [0, 1, 2]) {
        const due = all.filter(({ kind }) => rankOf(kind) === rank).map((object) => labelled(object, podSecurity));
        findings.push(...(await Promise.all(due.map((object) => applyOne(client, object)))).flat());
    }
    return findings;
}

/** Removes a release with all that it became, without waiting for the end of it. */
export async function removeAll(client: ApiClient, objects: readonly KubernetesObject[]): Promise<void> {
    const namespaces = namespacesOf(objects).map((name): KubernetesObject => ({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name },
    }));
    const clusterScoped = objects.filter(
        ({ kind, metadata }) => kind !== "Namespace" && metadata.namespace === undefined,
    );
    await Promise.all([...namespaces, ...clusterScoped].map((object) => client.delete(object)));
}

async function applyOne(client: ApiClient, object: KubernetesObject): Promise<readonly string[]> {
    try {
        const warnings = await client.apply(object);
        return warnings.map((warning) => `${nameOf(object)}: warning: ${warning}`);
    } catch (error) {
        if (error instanceof ApiError) return [`${nameOf(object)}: refused: ${error.message}`];
        throw error;
    }
}

function rankOf(kind: string): number {
    const rank = FIRST.findIndex((kinds) => kinds.includes(kind));
    return rank < 0 ? FIRST.length : rank;
}

function labelled(object: KubernetesObject, podSecurity: Readonly<Record<string, string>>): KubernetesObject {
    if (object.kind !== "Namespace") return object;
    const { metadata } = object;
    return { ...object, metadata: { ...metadata, labels: { ...metadata.labels, ...podSecurity } } };
}

/** Reads what an object has become; undefined as long as it is not there. */
export async function readAs<T>(
    client: ApiClient,
    object: KubernetesObject,
    schema: z.ZodType<T>,
): Promise<T | undefined> {
    const body = await client.read(object);
    return body === undefined ? undefined : schema.parse(body);
}
