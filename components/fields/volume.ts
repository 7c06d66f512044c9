import type { types } from "@pulumi/kubernetes";
import * as z from "zod";

import { input } from "./input";
import { isLater, isToken } from "../tokens";
import { annotationsOfData } from "./labels";
import { kubernetesObject } from "./kubernetes/object";
import { objectName, volumeSize } from "./vocabulary";

const VOLUME_REFERENCE = "https://kubernetes.io/docs/concepts/storage/persistent-volumes/";

/** Fields of a PersistentVolume that can change while it is bound, or that other fields of a claim decide. */
export const CHANGEABLE: readonly string[] = [
    "accessModes",
    "mountOptions",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "volumeAttributesClassName",
];

/** Annotations by which Kubernetes records how it binds a claim (https://kubernetes.io/docs/reference/labels-annotations-taints/). */
const BINDING = /^(volume(\.alpha|\.beta)?|pv)\.kubernetes\.io\//;
/** The oldest way to name a class, which takes precedence over the field. */
const STORAGE_CLASS = "volume.beta.kubernetes.io/storage-class";

/** Annotations of a claim, of which the message says how to retain it. */
export function claimAnnotations(wayOut: string) {
    return annotationsOfData(wayOut)
        .superRefine((map, context) => {
            for (const name of Object.keys(map).filter((key) => BINDING.test(key))) {
                const message =
                    name === STORAGE_CLASS
                        ? "overrides storageClass. Set that instead"
                        : "is set by Kubernetes when it binds the claim. Remove it";
                context.addIssue({ code: "custom", path: [name], message });
            }
        })
        .default({})
        .describe("annotations of the claim");
}

/** Fields of the volume of a server, from which others take some. */
export const volumeFields = z.strictObject({
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
    annotations: claimAnnotations("Set retain: true instead"),
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

type BindingFields = Pick<
    z.output<typeof volumeFields>,
    "accessModes" | "existingClaim" | "persistentVolume" | "storageClass"
>;

/**
 * Issues of a PersistentVolume to which its claim does not agree, because the volume controller of Kubernetes binds
 * no others (pkg/controller/volume/persistentvolume/pv_controller.go, checkVolumeSatisfyClaim).
 */
export function checkVolume(
    { accessModes, existingClaim, persistentVolume, storageClass = "" }: BindingFields,
    context: z.RefinementCtx,
): void {
    if (persistentVolume === undefined || isLater(persistentVolume)) {
        return;
    }
    const fault = (message: string, ...path: string[]) => {
        context.addIssue({ code: "custom", path: ["persistentVolume", ...path], message });
    };
    if (existingClaim !== undefined) {
        fault("is set, but existingClaim names a claim that has a volume. Remove one of them");
    }
    const { accessModes: offered, storageClassName } = persistentVolume;
    if (typeof storageClassName === "string" && !isToken(storageClass) && storageClassName !== storageClass) {
        const is = storageClass === "" ? "none" : storageClass;
        fault(`differs from the claim's storageClass, which is ${is}. Remove it here`, "storageClassName");
    }
    if (Array.isArray(offered) && !accessModes.every((mode) => offered.includes(mode))) {
        fault(`lacks a mode of the claim, which has ${accessModes.join(", ")}. Remove it here`, "accessModes");
    }
}

/** Volume of a server. */
export const volume = volumeFields.superRefine(checkVolume);

/** Volume of a server, with defaults. */
export type VolumeConfig = z.infer<typeof volume>;
