import { createHmac } from "node:crypto";

import { type Mask, SECRET } from "../inProcess/secrets";

/** Masks secrets so that equal ones look equal and others do not; without the key a mark says nothing about its secret. */
export function markedBy(key: string): Mask {
    return (value) => `${SECRET}#${createHmac("sha256", key).update(JSON.stringify(value)).digest("hex").slice(0, 16)}`;
}

/** The text without the marks: every secret as `[secret]`. */
export function withoutMarks(text: string): string {
    return text.replace(/(\[secret\])#[0-9a-f]{16}/g, "$1");
}
