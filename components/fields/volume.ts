import type { types } from "@pulumi/kubernetes";
import * as z from "zod";

import { input } from "./input";
import { annotations } from "./labels";
import { kubernetesObject } from "./kubernetes/object";
import { objectName, volumeSize } from "./vocabulary";

const VOLUME_REFERENCE = "https://kubernetes.io/docs/concepts/storage/persistent-volumes/";

/** Volume of a server. */
export const volume = z.strictObject({
    size: volumeSize.prefault("10Gi").describe("requested size; it can grow if the storage class allows that"),
    storageClass: input(objectName(253, true))
        .optional()
        .describe(
            "StorageClass of the claim; default: the cluster's. Empty text: no class, for a volume that exists already",
        ),
    accessModes: z
        .array(z.enum(["ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"]))
        .min(1, { error: "is empty. Remove it, or add an access mode" })
        .refine((modes) => modes.length === 1 || !modes.includes("ReadWriteOncePod"), {
            error: "contains ReadWriteOncePod and another mode, which Kubernetes rejects. Remove one of them",
        })
        .default(["ReadWriteOnce"])
        .describe("access modes of the claim"),
    annotations: annotations.default({}).describe("annotations of the claim"),
    existingClaim: input(objectName(253)).optional().describe("a claim that exists already, used instead of a new one"),
    retain: z
        .boolean()
        .default(false)
        .describe(
            "leave the claim in the cluster when the stack is destroyed, with its namespace, the database password and the credentials of providers",
        ),
    persistentVolume: kubernetesObject<Omit<types.input.core.v1.PersistentVolumeSpec, "capacity" | "claimRef">>(
        "V1PersistentVolumeSpec",
        "create a PersistentVolume for the claim, with this source, such as csi, nfs or hostPath",
        VOLUME_REFERENCE,
    ).optional(),
});

/** Volume of a server, with defaults. */
export type VolumeConfig = z.infer<typeof volume>;
