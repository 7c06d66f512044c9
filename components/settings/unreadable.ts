import * as z from "zod";

import { isToken, laterValues } from "../tokens";

/** Thrown when a rule reads a setting that is invalid or not known yet, so that the rule is skipped. */
export class NotReadable extends Error {}

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

/**
 * The valid fields of an invalid object, so that rules run that read no other fields; undefined if its kind is unknown.
 */
export function validFields(schema: z.core.$ZodType, value: unknown): object | undefined {
    const object = objectOf(schema, value);
    if (object === undefined || !isRecord(value)) {
        return undefined;
    }
    const results = Object.entries<z.core.$ZodType>(object.shape).map(
        ([name, field]) => [name, z.safeParse(field, Object.hasOwn(value, name) ? value[name] : undefined)] as const,
    );
    const valid = results.flatMap(([name, { data }]) => (data === undefined ? [] : [[name, data] as const]));
    return withhold(
        Object.fromEntries(valid),
        results.filter(([, { success }]) => !success).map(([name]) => name),
    );
}

/** The object schema of a value, without defaults and unions. */
export function objectOf(schema: z.core.$ZodType, value: unknown): z.ZodObject | undefined {
    if (schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
        return objectOf(schema.unwrap(), value);
    }
    if (schema instanceof z.ZodDiscriminatedUnion) {
        const variants = schema.options.filter((option) => option instanceof z.ZodObject);
        return variants.find(({ shape }) => isRecord(value) && z.safeParse(shape.kind, value.kind).success);
    }
    return schema instanceof z.ZodObject ? schema : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
