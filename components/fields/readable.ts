import * as z from "zod";

import { isToken, laterValues } from "../tokens";

/** Thrown when a condition reads a setting that is invalid or not known yet, so that the condition is skipped. */
export class NotReadable extends Error {}

/** The result of a condition; undefined if it reads a setting that is invalid or not known yet. */
export function ifReadable<R>(condition: () => R): R | undefined {
    try {
        return condition();
    } catch (error) {
        if (error instanceof NotReadable) {
            return undefined;
        }
        throw error;
    }
}

/** A condition between fields of an object, for `check` of its schema. It holds while a field that it reads is not known yet. */
export function whenKnown<T>(
    condition: (fields: NoInfer<T>) => boolean,
    params: z.core.$ZodCustomParams,
): z.core.$ZodCheck<T> {
    return z.refine<T>((fields) => ifReadable(() => condition(withholdLater(fields))) ?? true, params);
}

/** Adds properties to an object that throw `NotReadable` when they are read. */
export function withhold<T extends object>(target: T, names: readonly string[]): T {
    const get = () => {
        throw new NotReadable();
    };
    return Object.defineProperties(target, Object.fromEntries(names.map((name) => [name, { get, enumerable: true }])));
}

/** A copy of settings in which values that are not known yet throw `NotReadable` when they are read. */
export function withholdLater<T>(settings: T): T {
    return laterValues(settings).length === 0 ? settings : (copyOf(settings) as T);
}

function copyOf(value: unknown): unknown {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const fields = Object.entries(Object.getOwnPropertyDescriptors(value));
    const unread = fields.filter(([, { value: inner }]) => isToken(inner));
    const copy = Array.isArray(value) ? [] : {};
    for (const [key, field] of fields) {
        Object.defineProperty(copy, key, "value" in field ? { ...field, value: copyOf(field.value) } : field);
    }
    return withhold(
        copy,
        unread.map(([key]) => key),
    );
}
