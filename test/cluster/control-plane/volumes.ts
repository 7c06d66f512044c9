import { z } from "zod";

import type { ApiClient } from "../api/client";

const PERIOD = 200;
const CLASS = "default";
const BY = "pv.kubernetes.io/provisioned-by";

const claims = z.object({
    items: z.array(
        z.object({
            metadata: z.object({
                name: z.string(),
                namespace: z.string(),
                uid: z.string(),
                annotations: z.record(z.string(), z.string()).default({}),
            }),
            spec: z.object({
                accessModes: z.array(z.string()),
                resources: z.object({ requests: z.object({ storage: z.string() }) }),
                storageClassName: z.string().optional(),
                volumeName: z.string().optional(),
            }),
        }),
    ),
});

const volumes = z.object({
    items: z.array(
        z.object({
            metadata: z.object({ name: z.string(), annotations: z.record(z.string(), z.string()).default({}) }),
            spec: z.object({ persistentVolumeReclaimPolicy: z.string() }),
            status: z.object({ phase: z.string() }),
        }),
    ),
});

/** Where the volumes of a cluster's default class are. */
export interface Storage {
    readonly provisioner: string;
    /** Whether a volume is made for the node that the scheduler has chosen, or at once for any. */
    readonly volumeBindingMode: "Immediate" | "WaitForFirstConsumer";
    /** Makes the volume of a claim, of a size such as `1Gi`, and tells of it what a PersistentVolume says of its source. */
    create(uid: string, size: string, node: string | undefined): Readonly<Record<string, unknown>>;
    remove(uid: string): void;
}

/**
 * The storage of the fake cluster: volumes exist in the API only. Kubernetes' own host-path provisioner would leave
 * folders behind on the machine that runs the tests.
 */
const FAKE_STORAGE: Storage = {
    provisioner: "fake-storage.keep-on-pulumi.test",
    volumeBindingMode: "Immediate",
    create: (uid) => ({ csi: { driver: "fake-storage.keep-on-pulumi.test", volumeHandle: uid } }),
    remove: () => undefined,
};

/** Has a default class of storage, and makes and removes its volumes. */
export class VolumeProvisioner {
    private running: Promise<void> = Promise.resolve();
    private wake: (() => void) | undefined;
    private stopped = false;

    constructor(private readonly storage: Storage = FAKE_STORAGE) {}

    /** Makes the default StorageClass and answers claims until it is stopped. */
    async start(client: ApiClient): Promise<void> {
        await client.apply({
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            metadata: { name: CLASS, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
            provisioner: this.storage.provisioner,
            reclaimPolicy: "Delete",
            volumeBindingMode: this.storage.volumeBindingMode,
            allowVolumeExpansion: true,
        });
        this.running = this.run(client);
    }

    /** Returns when no request is under way any more. */
    async stop(): Promise<void> {
        this.stopped = true;
        this.wake?.();
        await this.running;
    }

    private async run(client: ApiClient): Promise<void> {
        while (!this.stopped) {
            try {
                await this.answerClaims(client);
                await this.removeReleased(client);
            } catch (error) {
                // A claim that is gone before its volume is there must not end the storage of all the others.
                process.stderr.write(`storage: ${String(error)}\n`);
            }
            await new Promise<void>((resolve) => {
                const timer = setTimeout(resolve, PERIOD);
                this.wake = () => {
                    clearTimeout(timer);
                    resolve();
                };
            });
        }
    }

    /** Kubernetes names us in an annotation when a claim waits for us; the binding itself is Kubernetes' work. */
    private async answerClaims(client: ApiClient): Promise<void> {
        const { items } = claims.parse((await client.request("GET", "/api/v1/persistentvolumeclaims")).body);
        for (const { metadata, spec } of items) {
            const { name, namespace, uid, annotations } = metadata;
            const { provisioner } = this.storage;
            if (annotations["volume.kubernetes.io/storage-provisioner"] !== provisioner) continue;
            if (spec.volumeName !== undefined) continue;
            await client.apply({
                apiVersion: "v1",
                kind: "PersistentVolume",
                metadata: { name: `pvc-${uid}`, annotations: { [BY]: provisioner } },
                spec: {
                    accessModes: spec.accessModes,
                    capacity: spec.resources.requests,
                    claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid },
                    persistentVolumeReclaimPolicy: "Delete",
                    storageClassName: spec.storageClassName ?? CLASS,
                    ...this.storage.create(
                        uid,
                        spec.resources.requests.storage,
                        annotations["volume.kubernetes.io/selected-node"],
                    ),
                },
            });
        }
    }

    private async removeReleased(client: ApiClient): Promise<void> {
        const { items } = volumes.parse((await client.request("GET", "/api/v1/persistentvolumes")).body);
        for (const { metadata, spec, status } of items) {
            const ours = metadata.annotations[BY] === this.storage.provisioner;
            if (!ours || status.phase !== "Released" || spec.persistentVolumeReclaimPolicy !== "Delete") continue;
            await client.request("DELETE", `/api/v1/persistentvolumes/${metadata.name}`);
            this.storage.remove(metadata.name.replace("pvc-", ""));
        }
    }
}
