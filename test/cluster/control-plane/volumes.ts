import { z } from "zod";

import type { ApiClient } from "../api/client";

const PROVISIONER = "fake-storage.keep-on-pulumi.test";
const PERIOD = 200;

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

/**
 * The storage of the fake cluster: a default class whose volumes exist in the API only. Kubernetes' own host-path
 * provisioner would leave folders behind on the machine that runs the tests.
 */
export class VolumeProvisioner {
    private running: Promise<void> = Promise.resolve();
    private wake: (() => void) | undefined;
    private stopped = false;

    /** Makes the default StorageClass and answers claims until it is stopped. */
    async start(client: ApiClient): Promise<void> {
        await client.apply({
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            metadata: { name: "fake", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
            provisioner: PROVISIONER,
            reclaimPolicy: "Delete",
            volumeBindingMode: "Immediate",
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
                process.stderr.write(`fake storage: ${String(error)}\n`);
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
            if (metadata.annotations["volume.kubernetes.io/storage-provisioner"] !== PROVISIONER) continue;
            if (spec.volumeName !== undefined) continue;
            const { name, namespace, uid } = metadata;
            await client.apply({
                apiVersion: "v1",
                kind: "PersistentVolume",
                metadata: { name: `pvc-${uid}`, annotations: { "pv.kubernetes.io/provisioned-by": PROVISIONER } },
                spec: {
                    accessModes: spec.accessModes,
                    capacity: spec.resources.requests,
                    claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid },
                    csi: { driver: PROVISIONER, volumeHandle: uid },
                    persistentVolumeReclaimPolicy: "Delete",
                    storageClassName: spec.storageClassName ?? "fake",
                },
            });
        }
    }

    private async removeReleased(client: ApiClient): Promise<void> {
        const { items } = volumes.parse((await client.request("GET", "/api/v1/persistentvolumes")).body);
        for (const { metadata, spec, status } of items) {
            const ours = metadata.annotations["pv.kubernetes.io/provisioned-by"] === PROVISIONER;
            if (!ours || status.phase !== "Released" || spec.persistentVolumeReclaimPolicy !== "Delete") continue;
            await client.request("DELETE", `/api/v1/persistentvolumes/${metadata.name}`);
        }
    }
}
