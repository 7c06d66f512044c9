import { isIP } from "node:net";

import { isRange } from "../fields/peer";
import type { AnnotationFault } from "./protocols";

/** How a controller reads lists of addresses. */
export interface AccessLists {
    /** Annotations with such a list. */
    readonly names: RegExp;
    /** What separates addresses: a comma, or blanks in one line, which must not be at the ends. */
    readonly separator: "," | " ";
    /** Other values that the controller takes. */
    readonly others?: RegExp;
    /** Whether an address without the length of its prefix is none. */
    readonly onlyRanges?: boolean;
    /** What may precede an address. */
    readonly prefix?: RegExp;
}

/**
 * Rejects lists of addresses that the controller does not read as they are meant. Controllers log the error and apply
 * no list, so that every address can reach Keep.
 */
export function onlyReadableLists({
    names,
    separator,
    others,
    onlyRanges = false,
    prefix = /^/,
}: AccessLists): AnnotationFault {
    const way = separator === "," ? "separated by commas" : "in one line, separated by blanks";
    return (name, value) => {
        const items = separator === "," ? value.split(",").map((item) => item.trim()) : value.split(/[^\S\r\n]+/);
        const isReadable = items.every((item) => isAddress(item.replace(prefix, ""), onlyRanges));
        return names.test(name) && others?.test(value) !== true && !isReadable
            ? `is not a list that the controller can read, ${onlyRanges ? "which would reject the Ingress" : "and it would let every address in"}. Write ${onlyRanges ? "ranges such as 10.1.2.3/32" : "addresses and ranges"}, ${way}`
            : undefined;
    };
}

function isAddress(text: string, onlyRanges: boolean): boolean {
    return (!onlyRanges && isIP(text) !== 0) || isRange(text);
}
