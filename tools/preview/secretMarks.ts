import { createHmac } from "node:crypto";

import { type Mask, SECRET } from "../inProcess/secrets";

/**
 * Masks secrets with a keyed hash, so that equal secrets have equal masks. Without the key, a secret cannot be guessed
 * from its mask.
 */
export function markedBy(key: string): Mask {
    return (value) => `${SECRET}#${createHmac("sha256", key).update(JSON.stringify(value)).digest("hex").slice(0, 16)}`;
}

/** Replaces the masks of markedBy() by `[secret]`. */
export function withoutMarks(text: string): string {
    return text.replace(/(\[secret\])#[0-9a-f]{16}/g, "$1");
}
