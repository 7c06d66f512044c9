import type { types } from "@pulumi/kubernetes";
import type { Unwrap } from "@pulumi/pulumi";

import type { RecordedResource } from "../../tools/inProcess/recordedResource";

/** A pod's specification as it reaches the API server: every field may be missing, none is an Output. */
export type PodSpec = Unwrap<types.input.core.v1.PodSpec>;
/** A container of a pod, init containers included. */
export type Container = Unwrap<types.input.core.v1.Container>;
/** One variable of a container's environment. */
export type EnvVar = Unwrap<types.input.core.v1.EnvVar>;

/** A Kubernetes object that a program made. */
export interface KubernetesObject {
    /** For messages: kind, namespace and name. */
    readonly id: string;
    readonly kind: string;
    readonly namespace: string | undefined;
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    /** `spec` as given; an empty object when there is none. */
    readonly spec: Readonly<Record<string, unknown>>;
    readonly resource: RecordedResource;
}

/** The pods that an object makes. */
export interface Pods {
    readonly owner: KubernetesObject;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly spec: PodSpec;
}

interface Metadata {
    readonly namespace?: string;
    readonly name?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
}

/** Every Kubernetes object of a program. */
export function objectsOf(resources: readonly RecordedResource[]): KubernetesObject[] {
    return resources
        .filter(({ type }) => type.startsWith("kubernetes:"))
        .map((resource) => {
            const {
                metadata = {},
                kind,
                spec,
            } = resource.inputs as { metadata?: Metadata; kind?: string; spec?: object };
            const is = kind ?? resource.type.replace(/^.*:/, "");
            return {
                id: `${is} ${metadata.namespace ?? "-"}/${resource.physicalName ?? "?"}`,
                kind: is,
                namespace: metadata.namespace,
                name: resource.physicalName ?? "",
                labels: metadata.labels ?? {},
                spec: { ...spec },
                resource,
            };
        });
}

/** The pods of every Deployment, Job and CronJob of a program. */
export function podsOf(resources: readonly RecordedResource[]): Pods[] {
    return objectsOf(resources).flatMap((owner) => {
        const jobTemplate = owner.spec.jobTemplate as { spec?: Record<string, unknown> } | undefined;
        const template = (jobTemplate?.spec ?? owner.spec).template as
            { metadata?: Metadata; spec?: PodSpec } | undefined;
        if (template?.spec === undefined) {
            return [];
        }
        const { labels = {}, annotations = {} } = template.metadata ?? {};
        return [{ owner, labels, annotations, spec: template.spec }];
    });
}

/** The pods of one Deployment or Job, by the last part of its name: `backend`, `setup`. */
export function podOf(resources: readonly RecordedResource[], component: string): Pods {
    const found = podsOf(resources).filter(({ labels }) => labels["app.kubernetes.io/component"] === component);
    const [only] = found;
    if (only === undefined || found.length > 1) {
        throw new Error(`expected one kind of pod for ${component}, found ${found.length}`);
    }
    return only;
}

/** Every container of a pod, in the order in which they start. */
export function containersOf({ spec }: Pods): Container[] {
    return [...(spec.initContainers ?? []), ...spec.containers];
}

/** A tier's own container, the first of its pod. */
export function mainContainer(resources: readonly RecordedResource[], component: string): Container {
    const [main] = podOf(resources, component).spec.containers;
    if (main === undefined) {
        throw new Error(`${component} has no container`);
    }
    return main;
}

/** Environment of a container by name: text as it is, a reference as `Secret name/key` or `ConfigMap name/key`. */
export function envOf({ env = [] }: Container): Record<string, string> {
    return Object.fromEntries(
        env.map(({ name, value, valueFrom }) => {
            const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
            const from = secretKeyRef ?? configMapKeyRef;
            const kind = secretKeyRef === undefined ? "ConfigMap" : "Secret";
            return [name, from === undefined ? (value ?? "") : `${kind} ${from.name ?? ""}/${from.key}`];
        }),
    );
}
