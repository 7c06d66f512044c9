import { z } from "zod";

import { nameOf, readAs } from "../api/apply";
import type { ApiClient, KubernetesObject } from "../api/client";
import { podSpec } from "./shapes";

const keyed = z.object({ data: z.record(z.string(), z.string()).default({}) });

const withTemplate = z.object({ spec: z.object({ template: z.object({ spec: podSpec }) }) });

interface Reference {
    readonly kind: "Secret" | "ConfigMap" | "PersistentVolumeClaim" | "ServiceAccount";
    readonly name: string;
    readonly key?: string;
}

/**
 * Every Secret, ConfigMap, key, claim and account that a pod names is there. A kubelet would find out; the fake one runs
 * pods without looking. `given` are names that the configuration says exist already.
 */
export async function referenceFindings(
    client: ApiClient,
    objects: readonly KubernetesObject[],
    given: readonly string[] = [],
): Promise<readonly string[]> {
    // The operator of a Cluster creates it, and is not here.
    const fromOperator = objects.filter(({ kind }) => kind === "Cluster").map(({ metadata }) => `${metadata.name}-app`);
    const findings = objects
        .filter(({ kind }) => ["Deployment", "StatefulSet", "Job"].includes(kind))
        .map(async (object) => {
            const references = referencesOf(withTemplate.parse(object).spec.template.spec).filter(
                ({ name }) => ![...given, ...fromOperator].includes(name),
            );
            return Promise.all(references.map((reference) => findingsOf(client, object, reference)));
        });
    return [...new Set((await Promise.all(findings)).flat(2))];
}

function referencesOf({
    serviceAccountName,
    containers,
    initContainers,
    volumes,
}: z.infer<typeof podSpec>): readonly Reference[] {
    const fromEnv = [...initContainers, ...containers].flatMap(({ env }) =>
        env.flatMap(({ valueFrom: { secretKeyRef, configMapKeyRef } }) => [
            ...(secretKeyRef?.optional === false ? [{ kind: "Secret" as const, ...secretKeyRef }] : []),
            ...(configMapKeyRef?.optional === false ? [{ kind: "ConfigMap" as const, ...configMapKeyRef }] : []),
        ]),
    );
    const fromVolumes = volumes.flatMap(({ secret, configMap, persistentVolumeClaim }): Reference[] => [
        ...(secret?.optional === false ? inVolume("Secret", secret.secretName, secret.items) : []),
        ...(configMap?.optional === false ? inVolume("ConfigMap", configMap.name, configMap.items) : []),
        ...(persistentVolumeClaim === undefined
            ? []
            : [{ kind: "PersistentVolumeClaim" as const, name: persistentVolumeClaim.claimName }]),
    ]);
    // Every namespace is given an account named "default" by a controller.
    const account: Reference[] =
        serviceAccountName === "default" ? [] : [{ kind: "ServiceAccount", name: serviceAccountName }];
    return [...account, ...fromEnv, ...fromVolumes];
}

function inVolume(kind: "Secret" | "ConfigMap", name: string, items: readonly { readonly key: string }[]): Reference[] {
    return items.length === 0 ? [{ kind, name }] : items.map(({ key }) => ({ kind, name, key }));
}

async function findingsOf(
    client: ApiClient,
    user: KubernetesObject,
    { kind, name, key }: Reference,
): Promise<readonly string[]> {
    const { namespace } = user.metadata;
    const target: KubernetesObject = {
        apiVersion: "v1",
        kind,
        metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    };
    const found = await readAs(client, target, keyed);
    if (found === undefined) return [`${nameOf(user)} needs ${kind} ${name}, which is not there`];
    if (key !== undefined && !(key in found.data))
        return [`${nameOf(user)} needs key ${key} of ${kind} ${name}, which has no such key`];
    return [];
}
