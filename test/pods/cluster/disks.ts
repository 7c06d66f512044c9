import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";

import { amountOf } from "../../../components/fields/quantity";
import type { Storage } from "../../cluster/control-plane/volumes";

/** Folder of a node's volumes, each of them a disk that is mounted there. */
export function volumesFolder(folder: string, node: string): string {
    return path.join(folder, node, "volumes");
}

/**
 * Each volume is a file system of its own on its node, of the claim's size and as it is when it has been made: of root, with
 * lost+found in it.
 */
export function localStorage(folder: string): Storage {
    const diskOf = (node: string, uid: string) => path.join(folder, node, "disks", uid);
    const nodes = new Map<string, string>();
    return {
        provisioner: "local-storage.keep-on-pulumi.test",
        volumeBindingMode: "WaitForFirstConsumer",
        create(uid, size, node = "node-1") {
            const disk = diskOf(node, uid);
            const mounted = path.join(volumesFolder(folder, node), uid);
            if (!nodes.has(uid)) {
                for (const made of [path.dirname(disk), mounted]) mkdirSync(made, { recursive: true });
                writeFileSync(disk, "");
                truncateSync(disk, amountOf(size));
                execFileSync("mkfs.ext4", ["-q", "-m", "0", disk]);
                execFileSync("mount", ["-o", "loop", disk, mounted]);
                nodes.set(uid, node);
            }
            const hostname = { key: "kubernetes.io/hostname", operator: "In", values: [node] };
            return {
                local: { path: `/var/lib/keep-volumes/${uid}` },
                nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [hostname] }] } },
            };
        },
        remove(uid) {
            const node = nodes.get(uid);
            if (node === undefined) return;
            execFileSync("umount", ["--lazy", path.join(volumesFolder(folder, node), uid)]);
            rmSync(diskOf(node, uid), { force: true });
            nodes.delete(uid);
        },
    };
}
