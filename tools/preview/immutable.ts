import { isRecord } from "../inProcess/secrets";
import type { Manifest } from "./manifests";

/**
 * Immutable fields by kind, in addition to name and namespace. If one changes, Pulumi replaces the object
 * (pulumi/pulumi-kubernetes, provider/pkg/provider/diff.go, forceNewProperties).
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
    ConfigMap: ["data", "binaryData"],
    DaemonSet: ["spec.selector"],
    Deployment: ["spec.selector"],
    Job: ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
    PersistentVolume: [
        ...["awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "flocker"],
        ...["gcePersistentDisk", "glusterfs", "hostPath", "iscsi", "local", "nfs", "photonPersistentDisk"],
        ...["portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume"],
    ].map((source) => `spec.${source}`),
    PersistentVolumeClaim: ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
    // By replaceOnChanges (components/ingress/openshift.ts).
    Route: ["spec.host"],
    RoleBinding: ["roleRef"],
    ClusterRoleBinding: ["roleRef"],
    Secret: ["data", "stringData", "type"],
    // The class by replaceOnChanges (components/kubernetes/workload.ts).
    Service: ["spec.clusterIP", "spec.loadBalancerClass"],
    StatefulSet: ["spec.podManagementPolicy", "spec.selector", "spec.serviceName", "spec.volumeClaimTemplates"],
    StorageClass: ["parameters", "provisioner"],
};

/** Immutable fields that differ between two versions of an object, such as `spec.template`. */
export function changedImmutableFields(before: Manifest, after: Manifest): string[] {
    return immutableFields(after.kind).filter((path) => differsIn(path, before, after));
}

/** Paths of the immutable fields of a kind. */
export function immutableFields(kind: string): readonly string[] {
    return ["apiVersion", "kind", "metadata.name", "metadata.namespace", ...(FIELDS[kind] ?? [])];
}

/** Whether two versions of an object differ in the field at a path, such as `spec.template`. */
export function differsIn(path: string, before: Manifest, after: Manifest): boolean {
    return JSON.stringify(fieldOf(before.content, path)) !== JSON.stringify(fieldOf(after.content, path));
}

/** Value of the field at a path; undefined if there is none. */
export function fieldOf(content: Readonly<Record<string, unknown>>, path: string): unknown {
    return path.split(".").reduce<unknown>((inner, step) => (isRecord(inner) ? inner[step] : undefined), content);
}
