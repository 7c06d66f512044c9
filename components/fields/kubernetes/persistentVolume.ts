import type * as z from "zod";

import { isGiven } from "./values";

/** Fields of a PersistentVolume that are no source. */
const NO_SOURCE =
    /^(accessModes|capacity|claimRef|mountOptions|nodeAffinity|persistentVolumeReclaimPolicy|storageClassName|volumeAttributesClassName|volumeMode)$/;

/** Sources whose drivers Kubernetes 1.30 no longer has (https://kubernetes.io/docs/concepts/storage/persistent-volumes/). */
const WITHOUT_DRIVER = /^(flocker|glusterfs|photonPersistentDisk|quobyte|scaleIO|storageos)$/;

interface Source {
    readonly readOnly?: unknown;
}

/** Issues of fields of a PersistentVolume that depend on each other, or with which Keep's data has no place. */
export function checkPersistentVolume(volume: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
    const given = Object.keys(volume).filter((field) => isGiven(volume[field]));
    const sources = given.filter((field) => !NO_SOURCE.test(field));
    if (sources.length !== 1) {
        const message = `has ${sources.length === 0 ? "no source" : sources.join(" and ")}. Give exactly one source, such as csi, nfs or hostPath`;
        context.addIssue({ code: "custom", message });
    }
    for (const source of sources.filter((name) => WITHOUT_DRIVER.test(name))) {
        const message = "has no driver in Kubernetes 1.30 or later. Use csi, or nfs";
        context.addIssue({ code: "custom", path: [source], message });
    }
    // The program writes to each volume that it creates.
    for (const source of sources.filter((name) => (volume[name] as Source).readOnly === true)) {
        context.addIssue({
            code: "custom",
            path: [source, "readOnly"],
            message: "makes the volume read-only. Remove it",
        });
    }
    if (Array.isArray(volume.mountOptions) && volume.mountOptions.join().split(",").includes("ro")) {
        const message = "has ro, which makes the volume read-only. Remove ro";
        context.addIssue({ code: "custom", path: ["mountOptions"], message });
    }
    for (const field of given.filter((one) => one === "capacity" || one === "claimRef")) {
        context.addIssue({ code: "custom", path: [field], message: "is set by the program. Remove it" });
    }
    const node = (volume.nodeAffinity ?? {}) as { readonly required?: unknown };
    if (isGiven(volume.local) && !isGiven(node.required)) {
        const message = "is missing, and a local volume needs it. Name the node in required";
        context.addIssue({ code: "custom", path: ["nodeAffinity"], message });
    }
    if (isGiven(volume.volumeAttributesClassName) && !isGiven(volume.csi)) {
        const message = "is given, but only a volume of a csi driver has such a class. Remove it";
        context.addIssue({ code: "custom", path: ["volumeAttributesClassName"], message });
    }
    if (volume.persistentVolumeReclaimPolicy === "Recycle") {
        const message = "is Recycle, which would delete the data. Use Retain or Delete";
        context.addIssue({ code: "custom", path: ["persistentVolumeReclaimPolicy"], message });
    }
}
