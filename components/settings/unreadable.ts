import * as z from "zod";

import { withhold } from "../fields/readable";

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
