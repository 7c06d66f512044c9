import { posix } from "node:path";

import { isLater } from "../tokens";

/** Fields of a PersistentVolume that are no source of it. */
const OWN_FIELDS = [
    "accessModes",
    "mountOptions",
    "nodeAffinity",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "volumeAttributesClassName",
    "volumeMode",
];

/** Fields of a source that say how it is mounted, and by whom: the others name the disk or the directory. */
const MOUNTING =
    /^(cachingMode|chapAuth.*|fsType|group|initiatorName|iscsiInterface|keyring|kind|portals|readOnly|.*secretRef|secretFile|type|user|volumeAttributes)$/i;

/** Sources that are a directory of a node. */
const OF_A_NODE = ["hostPath", "local"];

/**
 * The disk or directory that a PersistentVolume leads to, as a text that is equal for two that lead to the same: paths without
 * superfluous slashes, hosts in lower case. Undefined where a part of it is known only later.
 */
export function storageOf(persistentVolume: Readonly<Record<string, unknown>>): string | undefined {
    const [[kind, source] = []] = Object.entries(persistentVolume).filter(([name]) => !OWN_FIELDS.includes(name));
    if (kind === undefined || typeof source !== "object" || source === null || isLater(source)) {
        return undefined;
    }
    const named = Object.entries(source).filter(([name]) => !MOUNTING.test(name));
    // Two nodes have a directory each.
    const node = OF_A_NODE.includes(kind) ? [["node", persistentVolume.nodeAffinity] as const] : [];
    const parts = [...named, ...node].map(([name, value]) => [name, comparable(name, value)] as const);
    return parts.some(([, value]) => isLater(value))
        ? undefined
        : JSON.stringify([OF_A_NODE.includes(kind) ? "node" : kind, parts.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function comparable(name: string, value: unknown): unknown {
    if (typeof value !== "string") {
        return value;
    }
    return name === "path" ? posix.resolve("/", value) : name === "server" ? value.toLowerCase() : value;
}
