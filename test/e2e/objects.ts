import assert from "node:assert/strict";

import { z } from "zod";

import type { ApiClient } from "../cluster/api/client";
import { list } from "../cluster/api/list";

const resources = z.object({ resources: z.array(z.object({ name: z.string(), verbs: z.array(z.string()) })) });
const groups = z.object({ groups: z.array(z.object({ preferredVersion: z.object({ groupVersion: z.string() }) })) });

const item = z.object({
    metadata: z.object({ name: z.string(), namespace: z.string().optional(), uid: z.string() }),
});

/** Objects that a running cluster makes and forgets by itself. */
const PASSING = ["events", "endpoints", "endpointslices", "pods", "replicasets", "leases", "controllerrevisions"];

/** UID of every object of every kind that a query finds, by "<kinds> <namespace>/<name>"; what controllers make is left out. */
export async function uids(client: ApiClient, query: string): Promise<Readonly<Record<string, string>>> {
    const found: [string, string][] = [];
    for (const root of await roots(client)) {
        const { resources: kinds } = resources.parse((await client.request("GET", root)).body);
        for (const { name } of kinds.filter(({ name, verbs }) => isLasting(name) && verbs.includes("list"))) {
            for (const { metadata } of await list(client, `${root}/${name}?${query}`, item)) {
                found.push([`${name} ${metadata.namespace ?? ""}/${metadata.name}`, metadata.uid]);
            }
        }
    }
    return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Query for all objects of a release, by its label. */
export function ofRelease(release: string): string {
    return `labelSelector=${encodeURIComponent(`app.kubernetes.io/instance=${release}`)}`;
}

/** Names of the Secrets in a namespace. */
export async function secretNames(client: ApiClient, namespace: string): Promise<readonly string[]> {
    const items = await list(client, `/api/v1/namespaces/${namespace}/secrets`, item);
    return items.map(({ metadata }) => metadata.name).sort();
}

/** Decoded values of a Secret. */
export async function secretValues(
    client: ApiClient,
    namespace: string,
    name: string,
): Promise<Readonly<Record<string, string>>> {
    const secret = z.object({ data: z.record(z.string(), z.string()) });
    const { status, body } = await client.request("GET", `/api/v1/namespaces/${namespace}/secrets/${name}`);
    assert.equal(status, 200, `Secret ${namespace}/${name} cannot be read`);
    const { data } = secret.parse(body);
    return Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")]),
    );
}

/** Writes a Secret as Keep's process does: no labels, type Opaque, one key (keep/secretmanager/kubernetessecretmanager.py). */
export async function writeLikeKeep(
    client: ApiClient,
    namespace: string,
    name: string,
    unlike: {
        readonly labels?: Record<string, string>;
        readonly type?: string;
        readonly data?: Record<string, string>;
    } = {},
): Promise<void> {
    const { labels, type = "Opaque", data = { value: Buffer.from('{"token": "x"}').toString("base64") } } = unlike;
    const body = { apiVersion: "v1", kind: "Secret", metadata: { name, ...(labels && { labels }) }, type, data };
    const { status } = await client.request("POST", `/api/v1/namespaces/${namespace}/secrets`, body);
    assert.equal(status, 201, `Secret ${namespace}/${name} was not made`);
}

/** Makes a namespace that belongs to somebody else. */
export async function makeNamespace(client: ApiClient, name: string): Promise<void> {
    await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
}

/** Asks for namespaces to be removed with all that is in them; no stack knows of these. */
export async function removeNamespaces(client: ApiClient, ...names: readonly string[]): Promise<void> {
    for (const name of names) await client.delete({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
}

async function roots(client: ApiClient): Promise<readonly string[]> {
    const { groups: found } = groups.parse((await client.request("GET", "/apis")).body);
    const versions = found.map(({ preferredVersion }) => preferredVersion.groupVersion);
    return [
        "/api/v1",
        ...versions.filter((version) => !version.startsWith("metrics.")).map((version) => `/apis/${version}`),
    ];
}

function isLasting(name: string): boolean {
    return !name.includes("/") && !PASSING.includes(name);
}
