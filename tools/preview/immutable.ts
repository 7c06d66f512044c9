import { isRecord } from "../inProcess/secrets";
import type { Manifest } from "./manifests";

/**
 * Fields that Kubernetes lets nobody change, by kind: Pulumi deletes the object and creates it anew
 * (pulumi/pulumi-kubernetes, provider/pkg/provider/diff.go, forceNewProperties). Name and namespace are so for every kind.
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
    ConfigMap: ["data", "binaryData"],
    DaemonSet: ["spec.selector"],
    Deployment: ["spec.selector"],
    Job: ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
    PersistentVolume: ["spec.csi", "spec.hostPath", "spec.local", "spec.nfs"],
    PersistentVolumeClaim: ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
    RoleBinding: ["roleRef"],
    ClusterRoleBinding: ["roleRef"],
    Secret: ["data", "stringData", "type"],
    Service: ["spec.clusterIP"],
    StatefulSet: ["spec.podManagementPolicy", "spec.selector", "spec.serviceName", "spec.volumeClaimTemplates"],
    StorageClass: ["parameters", "provisioner"],
};

/** Immutable fields in which two versions of one object differ, such as `spec.template`; none when it is updated in place. */
export function changedImmutableFields(before: Manifest, after: Manifest): string[] {
    return immutableFields(after.kind).filter((path) => differsIn(path, before, after));
}

/** Immutable fields of a kind, each by its path. */
export function immutableFields(kind: string): readonly string[] {
    return ["apiVersion", "kind", "metadata.name", "metadata.namespace", ...(FIELDS[kind] ?? [])];
}

/** Whether two versions of one object differ in a field, given by its path, such as `spec.template`. */
export function differsIn(path: string, before: Manifest, after: Manifest): boolean {
    return JSON.stringify(fieldOf(before.content, path)) !== JSON.stringify(fieldOf(after.content, path));
}

/** Value of a field of an object, given by its path; undefined where there is none. */
export function fieldOf(content: Readonly<Record<string, unknown>>, path: string): unknown {
    return path.split(".").reduce<unknown>((inner, step) => (isRecord(inner) ? inner[step] : undefined), content);
}
