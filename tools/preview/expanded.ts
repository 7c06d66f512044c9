import type { Document } from "yaml";

import { UserError } from "./userError";

/** More values than any stack file has, and few enough for all objects that may repeat them. */
const MOST_VALUES = 20_000;

/**
 * What is wrong with a YAML document whose aliases nobody could follow, as the rest of a sentence; undefined for any other. Each alias is
 * one object in memory, so that a short file can stand for billions of values.
 */
export function aliasFault(document: unknown): string | undefined {
    const sizes = new Map<object, number>();
    const open = new Set<object>();
    const sizeOf = (value: unknown): number => {
        if (typeof value !== "object" || value === null) {
            return 1;
        }
        if (open.has(value)) {
            return Number.POSITIVE_INFINITY;
        }
        open.add(value);
        const size = sizes.get(value) ?? Object.values(value).reduce<number>((sum, inner) => sum + sizeOf(inner), 1);
        open.delete(value);
        sizes.set(value, size);
        return size;
    };
    const size = sizeOf(document);
    if (size === Number.POSITIVE_INFINITY) {
        return "has an alias inside its own anchor. Remove the alias";
    }
    return size > MOST_VALUES
        ? `stands for more than ${MOST_VALUES} values, with every alias followed. Remove some`
        : undefined;
}

/**
 * The value of a YAML document that a user wrote.
 * @param name what messages call it, such as its file
 * @throws UserError for what is not YAML, and for aliases that nobody could follow
 */
export function valueOf(document: Document, name: string): unknown {
    const [error] = document.errors;
    if (error !== undefined) {
        throw new UserError(`${name}: is not YAML: ${error.message}`);
    }
    // The limit on aliases is ours, which also finds a cycle.
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    const fault = aliasFault(value);
    if (fault !== undefined) {
        throw new UserError(`${name}: ${fault}`);
    }
    return value;
}
