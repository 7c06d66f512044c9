import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../naming";
import { retention } from "./inherited";

/** Arguments of a volume. */
export interface VolumeArgs {
    readonly scope: Scope;
    /** Name of the claim. */
    readonly name: string;
    /** Name of the PersistentVolume, which is cluster-scoped. */
    readonly clusterName: string;
    readonly size: string;
    /** Empty: no class, for volumes that users create. Undefined: the cluster's default. */
    readonly storageClass?: string;
    readonly accessModes: readonly string[];
    readonly annotations: Readonly<Record<string, string>>;
    /** An existing claim, which is used instead of a new one. */
    readonly existingClaim?: string;
    /** Leaves claim and volume in the cluster when the stack is destroyed. */
    readonly retain: boolean;
    /** Source of a PersistentVolume to create for the claim. */
    readonly persistentVolume?: Omit<k8s.types.input.core.v1.PersistentVolumeSpec, "capacity" | "claimRef">;
}

/** A PersistentVolumeClaim, with a PersistentVolume if its source is set. */
export class Volume extends pulumi.ComponentResource {
    /** Name of the claim, for pods. */
    public readonly claimName: string;

    constructor(name: string, args: VolumeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:kubernetes:Volume", name, {}, opts);
        const { scope, existingClaim, persistentVolume } = args;
        const child = { parent: this, ...retention(args.retain) };
        this.claimName = claimName(args);

        if (persistentVolume !== undefined && existingClaim === undefined) {
            new k8s.core.v1.PersistentVolume(
                name,
                {
                    metadata: { name: args.clusterName, labels: scope.labels },
                    spec: persistentVolumeSpec(args, persistentVolume),
                },
                child,
            );
        }

        if (existingClaim === undefined) {
            new k8s.core.v1.PersistentVolumeClaim(
                name,
                {
                    // With a class that binds on first use, `pulumi up` would wait for a pod that is created later.
                    metadata: {
                        name: args.name,
                        namespace: scope.namespace,
                        labels: scope.labels,
                        annotations: { "pulumi.com/skipAwait": "true", ...args.annotations },
                    },
                    spec: claimSpec(args),
                },
                child,
            );
        }

        this.registerOutputs({ claimName: this.claimName });
    }
}

/** Name of the claim that pods mount: an existing one, or that of the stack. */
export function claimName({ name, existingClaim }: Pick<VolumeArgs, "name" | "existingClaim">): string {
    return existingClaim ?? name;
}

/**
 * Storage class of a claim. It is empty with a PersistentVolume, because a default class would provision another
 * volume.
 */
export function storageClassOf(volume: Pick<VolumeArgs, "storageClass" | "persistentVolume">): string | undefined {
    return volume.storageClass ?? (volume.persistentVolume === undefined ? undefined : "");
}

function claimSpec(args: VolumeArgs): k8s.types.input.core.v1.PersistentVolumeClaimSpec {
    const made = args.persistentVolume !== undefined;
    return {
        accessModes: [...args.accessModes],
        resources: { requests: { storage: args.size } },
        storageClassName: storageClassOf(args),
        volumeName: made ? args.clusterName : undefined,
    };
}

function persistentVolumeSpec(
    args: VolumeArgs,
    source: NonNullable<VolumeArgs["persistentVolume"]>,
): k8s.types.input.core.v1.PersistentVolumeSpec {
    return {
        accessModes: [...args.accessModes],
        persistentVolumeReclaimPolicy: "Retain",
        storageClassName: args.storageClass ?? "",
        ...source,
        capacity: { storage: args.size },
        claimRef: {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            name: args.name,
            namespace: args.scope.namespace,
        },
    };
}
