import { posix } from "node:path";

import { CHANGEABLE } from "../fields/volume";
import { isLater } from "../tokens";

/** Fields of a PersistentVolume other than its source. */
const OWN_FIELDS = [...CHANGEABLE, "nodeAffinity", "volumeMode"];

/** Fields of a source that only affect the mount. The other fields identify the disk or directory. */
const MOUNTING =
    /^(cachingMode|chapAuth.*|fsType|group|initiatorName|iscsiInterface|keyring|kind|portals|readOnly|.*secretRef|secretFile|type|user|volumeAttributes)$/i;

/** Sources that are a directory on a node. */
const OF_A_NODE = ["hostPath", "local"];

/** The kind of source of a PersistentVolume, such as `csi`, and its fields; both undefined without a source. */
export function sourceOf(persistentVolume: Readonly<Record<string, unknown>>): [kind?: string, source?: unknown] {
    return Object.entries(persistentVolume).find(([name]) => !OWN_FIELDS.includes(name)) ?? [];
}

/**
 * A text that identifies the disk or directory of a PersistentVolume, with normalized paths and hosts; undefined if a
 * part of it is an Output.
 */
export function storageOf(persistentVolume: Readonly<Record<string, unknown>>): string | undefined {
    const [kind, source] = sourceOf(persistentVolume);
    if (kind === undefined || typeof source !== "object" || source === null || isLater(source)) {
        return undefined;
    }
    const named = Object.entries(source).filter(([name]) => !MOUNTING.test(name));
    // A directory with the same path on another node is not the same.
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
