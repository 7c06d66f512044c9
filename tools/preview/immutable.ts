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
    return ["apiVersion", "kind", "metadata.name", "metadata.namespace", ...(FIELDS[after.kind] ?? [])].filter((path) =>
        differsIn(path, before, after),
    );
}

/** Whether two versions of one object differ in a field, given by its path, such as `spec.template`. */
export function differsIn(path: string, before: Manifest, after: Manifest): boolean {
    return JSON.stringify(fieldOf(before, path)) !== JSON.stringify(fieldOf(after, path));
}

function fieldOf({ content }: Manifest, path: string): unknown {
    return path.split(".").reduce<unknown>((inner, step) => (isRecord(inner) ? inner[step] : undefined), content);
}
