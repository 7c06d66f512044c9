import { runtime } from "@pulumi/pulumi";

/** Printed instead of a secret. */
export const SECRET = "[secret]";

/** Printed instead of a value that is known only after a deployment. */
export const UNKNOWN = "[known after apply]";

/** The inputs or outputs of a resource, without the markers of Pulumi's wire format. */
export interface Revealed {
    /** All values, with secrets in plain text. */
    readonly plain: Record<string, unknown>;
    /** Paths of the secrets, such as `stringData.password` or `spec.containers[0].env[2].value`. */
    readonly secretPaths: ReadonlySet<string>;
}

// Constants of Pulumi's wire format. An object with the key `specialSigKey` represents a secret, a resource or another
// special value.
const { specialSigKey, specialSecretSig, specialResourceSig, unknownValue } = runtime;

/** Removes the markers: returns secrets in plain text, with their paths, and resources as their URNs. */
export function reveal(wire: Record<string, unknown>): Revealed {
    const secretPaths = new Set<string>();
    const plain = mapped(wire, "", (value, path) => {
        secretPaths.add(path);
        return reveal({ value }).plain.value;
    });
    return { plain, secretPaths };
}

/** Returns the text to show instead of a secret value. */
export type Mask = (value: unknown) => string;

/** Returns `[secret]`. */
export const hidden: Mask = () => SECRET;

/** The same values with masked secrets. A secret object keeps its keys. */
export function mask(wire: Record<string, unknown>, as: Mask = hidden): Record<string, unknown> {
    return mapped(wire, "", (value) => maskLeaves(reveal({ value }).plain.value, as));
}

/** A copy with masked leaves. */
export function maskLeaves(value: unknown, as: Mask = hidden): unknown {
    if (Array.isArray(value)) {
        return value.map((inner: unknown) => maskLeaves(inner, as));
    }
    if (isRecord(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskLeaves(inner, as)]));
    }
    return as(value);
}

/** Whether a value is an object, and neither an array nor null. */
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
