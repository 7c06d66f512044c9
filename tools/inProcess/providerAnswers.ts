import { createHash } from "node:crypto";

import { isRecord } from "./secrets";

/** A provider's answer for a resource: its ID, and the outputs that it adds to the inputs. */
export interface ProviderAnswer {
    readonly id: string;
    readonly outputs: Record<string, unknown>;
}

/**
 * Answers for the providers. An answer depends only on the resource and the seed, so that two previews of the same
 * program are identical.
 */
export function providerAnswer(
    type: string,
    name: string,
    urn: string,
    inputs: Record<string, unknown>,
    seed: string,
): ProviderAnswer {
    if (type.startsWith("random:")) {
        return random(type, urn + seed, inputs);
    }
    if (type.startsWith("kubernetes:")) {
        return kubernetes(type, name, urn, inputs);
    }
    return { id: `${name}-id`, outputs: {} };
}

/** Generates a name for objects without one, as the provider does: the logical name and a short suffix. */
function kubernetes(type: string, name: string, urn: string, inputs: Record<string, unknown>): ProviderAnswer {
    const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
    const namespace = typeof metadata.namespace === "string" ? metadata.namespace : "default";
    if (typeof metadata.name === "string") {
        return { id: `${namespace}/${metadata.name}`, outputs: {} };
    }
    // The provider replaces a ConfigMap or Secret if its content changes, so the name depends on the content.
    const isReplacedOnChange = /:(ConfigMap|Secret)$/.test(type);
    const physicalName = `${name}-${hash(urn, isReplacedOnChange ? JSON.stringify(inputs) : "").slice(0, 8)}`;
    return { id: `${namespace}/${physicalName}`, outputs: { metadata: { ...metadata, name: physicalName } } };
}

function random(type: string, urn: string, inputs: Record<string, unknown>): ProviderAnswer {
    const number = (key: string, otherwise: number) => (typeof inputs[key] === "number" ? inputs[key] : otherwise);
    const digest = hash(urn, "");
    switch (type.replace(/^.*:/, "")) {
        case "RandomPassword":
        case "RandomString": {
            const result = text(urn, number("length", 16), alphabet(inputs));
            return { id: result, outputs: { result, bcryptHash: `$2a$10$${digest.slice(0, 53)}` } };
        }
        case "RandomInteger": {
            const [min, max] = [number("min", 0), number("max", 0)];
            const result = min + (parseInt(digest.slice(0, 8), 16) % (max - min + 1));
            return { id: String(result), outputs: { result } };
        }
        case "RandomUuid":
        case "RandomUuid4":
        case "RandomUuid7": {
            const result = digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
            return { id: result, outputs: { result } };
        }
        case "RandomBytes":
        case "RandomId":
            return { id: digest, outputs: encodings(urn, inputs, number("byteLength", number("length", 8))) };
        default:
            return { id: `fake-${digest.slice(0, 8)}`, outputs: {} };
    }
}

function encodings(urn: string, inputs: Record<string, unknown>, length: number): Record<string, unknown> {
    const bytes = Buffer.from(stream(urn, length));
    const prefix = typeof inputs.prefix === "string" ? inputs.prefix : "";
    return {
        base64: bytes.toString("base64"),
        hex: prefix + bytes.toString("hex"),
        b64Std: prefix + bytes.toString("base64"),
        b64Url: prefix + bytes.toString("base64url"),
        dec: prefix + BigInt(`0x0${bytes.toString("hex")}`).toString(),
    };
}

function alphabet(inputs: Record<string, unknown>): string {
    const allows = (key: string) => inputs[key] !== false && inputs[key] !== "false";
    const special = typeof inputs.overrideSpecial === "string" ? inputs.overrideSpecial : "!@#$%&*()-_=+[]{}<>:?";
    return [
        allows("lower") ? "abcdefghijklmnopqrstuvwxyz" : "",
        allows("upper") ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "",
        allows("numeric") && allows("number") ? "0123456789" : "",
        allows("special") ? special : "",
    ].join("");
}

function text(seed: string, length: number, letters: string): string {
    return stream(seed, length)
        .map((byte) => letters.charAt(byte % letters.length))
        .join("");
}

/** Pseudo-random bytes that depend on the seed. */
function stream(seed: string, length: number): number[] {
    const bytes: number[] = [];
    for (let block = 0; bytes.length < length; block++) {
        bytes.push(...Buffer.from(hash(seed, String(block)), "hex"));
    }
    return bytes.slice(0, length);
}

function hash(seed: string, salt: string): string {
    return createHash("sha256").update(seed).update("\0").update(salt).digest("hex");
}
