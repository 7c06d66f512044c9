import { runtime } from "@pulumi/pulumi";

/** What stands for a secret wherever one would be printed. */
export const SECRET = "[secret]";

/** What stands for a value that only the cluster can give. */
export const UNKNOWN = "[known after apply]";

/** The inputs or outputs of a resource, freed of the marks in which Pulumi wraps secrets on the wire. */
export interface Revealed {
    /** Every value in plain. */
    readonly plain: Record<string, unknown>;
    /** Where the secrets are, such as `stringData.password` or `spec.containers[0].env[2].value`. */
    readonly secretPaths: ReadonlySet<string>;
}

// Pulumi's own constants for the wire; `specialSigKey` marks an object that stands for something else.
const { specialSigKey, specialSecretSig, specialResourceSig, unknownValue } = runtime;

/** Takes the marks off: each secret in plain, with its path noted; each resource as its URN. */
export function reveal(wire: Record<string, unknown>): Revealed {
    const secretPaths = new Set<string>();
    const plain = mapped(wire, "", (value, path) => {
        secretPaths.add(path);
        return reveal({ value }).plain.value;
    });
    return { plain, secretPaths };
}

/** What is shown in place of a secret value. */
export type Mask = (value: unknown) => string;

/** Shows `[secret]`. */
export const hidden: Mask = () => SECRET;

/** The same values with a mask in place of each secret; objects inside a secret keep their keys. */
export function mask(wire: Record<string, unknown>, as: Mask = hidden): Record<string, unknown> {
    return mapped(wire, "", (value) => maskLeaves(reveal({ value }).plain.value, as));
}

/** A copy in which every leaf is masked. */
export function maskLeaves(value: unknown, as: Mask = hidden): unknown {
    if (Array.isArray(value)) {
        return value.map((inner: unknown) => maskLeaves(inner, as));
    }
    if (isRecord(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskLeaves(inner, as)]));
    }
    return as(value);
}

/** Whether a value is an object with keys, and neither an array nor null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

type OnSecret = (value: unknown, path: string) => unknown;

function mapped(record: Record<string, unknown>, path: string, onSecret: OnSecret): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(record)) {
        result[key] = mappedValue(value, path === "" ? key : `${path}.${key}`, onSecret);
    }
    return result;
}

function mappedValue(value: unknown, path: string, onSecret: OnSecret): unknown {
    if (Array.isArray(value)) {
        return value.map((inner, index) => mappedValue(inner, `${path}[${index}]`, onSecret));
    }
    if (!isRecord(value)) {
        return value === unknownValue ? UNKNOWN : value;
    }
    switch (value[specialSigKey]) {
        case undefined:
            return mapped(value, path, onSecret);
        case specialSecretSig:
            return onSecret(value.value, path);
        case specialResourceSig:
            return value.urn;
        default:
            return value;
    }
}
