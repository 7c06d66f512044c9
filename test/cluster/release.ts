import { readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";
import { z } from "zod";

import { loadConfig } from "../../components/settings/stackFile";
import { Keep } from "../../components/keep";
import type { RecordedResource } from "../../tools/inProcess/recordedResource";
import { runProgram } from "../../tools/inProcess/runProgram";
import type { KubernetesObject } from "./api/client";
import type { Account, Grant } from "./checks/access";
import { template } from "./checks/shapes";

/** Settings of a stack, by key without `keep:`. */
export type Settings = Readonly<Record<string, unknown>>;

/** What a stack's program asks for. */
export interface Release {
    readonly resources: readonly RecordedResource[];
    /** Its Kubernetes objects, named as a provider would name them. */
    readonly objects: readonly KubernetesObject[];
}

const object = z.looseObject({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.looseObject({ name: z.string().optional() }),
});

/** Settings as `Pulumi.<stack>.yaml` has them. */
export function stackSettings(stack: string): Settings {
    return settingsOf(readFileSync(path.join(__dirname, "..", "..", `Pulumi.${stack}.yaml`), "utf8"));
}

/** Settings as the text of a stack file has them. */
export function settingsOf(stackFile: string): Settings {
    const { config } = z.object({ config: z.record(z.string(), z.unknown()) }).parse(parse(stackFile));
    return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^keep:/, ""), value]));
}

/** Runs the program in this process with some settings and takes what it asks for. `secrets` are the encrypted ones. */
export async function recordRelease(
    settings: Settings,
    secrets: Readonly<Record<string, string>> = {},
): Promise<Release> {
    const texts = Object.entries({ ...settings, ...secrets }).map(([key, value]): [string, string] => [
        `keep:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const { resources } = await runProgram(() => new Keep("keep", loadConfig()), {
        stack: "test",
        preview: false,
        config: Object.fromEntries(texts),
        secretKeys: Object.keys(secrets).map((key) => `keep:${key}`),
    });
    return { resources, objects: resources.flatMap(objectOf) };
}

/** The object that a resource stands for; none for components and for what is not Kubernetes. */
export function objectOf({ type, custom, inputs, physicalName }: RecordedResource): readonly KubernetesObject[] {
    if (!custom || !type.startsWith("kubernetes:")) return [];
    const { metadata, ...rest } = object.parse(inputs);
    const name = metadata.name ?? physicalName;
    if (name === undefined) throw new Error(`${type} has no name`);
    return [{ ...rest, metadata: { ...metadata, name } }];
}

/** The account of the backend's pods and what it is meant to be able to do, both as those pods are told. */
export function backendAccess({ objects }: Release): { readonly account: Account; readonly grants: readonly Grant[] } {
    const backend = objects.find(
        ({ kind, metadata }) => kind === "Deployment" && componentOf(metadata.labels) === "backend",
    );
    if (backend === undefined) throw new Error("the release has no backend");
    const { spec } = z.object({ spec: z.object({ template }) }).parse(backend).spec.template;
    const told = Object.fromEntries(spec.containers.flatMap(({ env }) => env.map(({ name, value }) => [name, value])));
    const { SECRET_MANAGER_TYPE: manager, K8S_NAMESPACE: namespace } = told;
    const verbs = ["create", "get", "patch", "delete"];
    return {
        account: { namespace: backend.metadata.namespace ?? "default", name: spec.serviceAccountName },
        grants: manager === "K8S" && namespace !== undefined ? [{ namespace, resource: "secrets", verbs }] : [],
    };
}

/** Which part of Keep an object belongs to, by its labels. */
export function componentOf(labels: Readonly<Record<string, string>> | undefined): string | undefined {
    return labels?.["app.kubernetes.io/component"];
}
