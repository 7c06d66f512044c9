import * as z from "zod";

import { defaultKinds, stackSchema } from "./schema";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** JSON schema of a stack's settings (draft 7, which editors know), for documentation and for finding the key that was meant. */
export function stackJsonSchema(): JsonSchema {
    const schema = jsonSchemaOf(stackSchema);
    for (const [key, kind] of Object.entries(defaultKinds)) {
        for (const branch of (schema.properties?.[key] as JsonSchema | undefined)?.oneOf ?? []) {
            if (isSchema(branch.properties?.kind) && branch.properties.kind.const === kind) {
                branch.required = branch.required?.filter((name) => name !== "kind") ?? [];
            }
        }
    }
    return schema;
}

/** JSON schema of settings, in which a text that may be an Output is text. */
export function jsonSchemaOf(schema: z.ZodType, marksInputs = false): JsonSchema {
    const whole = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", target: "draft-7" });
    return withTexts(whole, marksInputs) as JsonSchema;
}

/** The same with the text alone where a text or an Output is taken. Not by zod's override, which sees texts that are transformed as empty. */
function withTexts(value: unknown, marksInputs: boolean): unknown {
    if (Array.isArray(value)) {
        return value.map((inner: unknown) => withTexts(inner, marksInputs));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const { anyOf, input, ...others } = value as JsonSchema;
    const [text] = isInput(value as JsonSchema) ? (anyOf ?? []) : [];
    const schema = text === undefined ? value : { ...text, ...others, ...(marksInputs ? { input } : {}) };
    return Object.fromEntries(Object.entries(schema).map(([key, inner]) => [key, withTexts(inner, marksInputs)]));
}

/** Whether a program may give an Output for what a schema describes. */
export function isInput(schema: JsonSchema): boolean {
    return schema.input === true;
}

/** Whether a program may give an Output for the setting at a path. */
export function isInputAt(path: readonly string[], stack: unknown): boolean {
    return schemasAt(path, stack).some(isInput);
}

/** Settings that exist beside a misspelt one. `path` leads to the object that holds it, `stack` is the stack as written. */
export function knownKeys(path: readonly PropertyKey[], stack: unknown): string[] {
    return schemasAt(path, stack).flatMap((schema) => Object.keys(schema.properties ?? {}));
}

let markedSchema: JsonSchema | undefined;

function schemasAt(path: readonly PropertyKey[], stack: unknown): JsonSchema[] {
    markedSchema ??= jsonSchemaOf(stackSchema, true);
    let schemas: JsonSchema[] = [markedSchema];
    let value = stack;
    for (const step of path) {
        schemas = schemas.flatMap((schema) => stepInto(schema, step, value));
        value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
    }
    return schemas.flatMap((schema) => variants(schema, value));
}

/** The path of every setting, those in lists and under free names excepted, from the top down. */
export function allPaths(): string[][] {
    const found = pathsIn(stackJsonSchema(), []);
    const distinct = new Map(found.map((path) => [path.join("."), path]));
    return [...distinct.values()].sort((a, b) => a.length - b.length);
}

function pathsIn(schema: JsonSchema, path: readonly string[]): string[][] {
    return [...(schema.oneOf ?? schema.anyOf ?? []), schema]
        .filter(isSchema)
        .flatMap(({ properties }) =>
            Object.entries(properties ?? {}).flatMap(([name, inner]) => [
                [...path, name],
                ...(isSchema(inner) ? pathsIn(inner, [...path, name]) : []),
            ]),
        );
}

function stepInto(schema: JsonSchema, step: PropertyKey, value: unknown): JsonSchema[] {
    return variants(schema, value).flatMap(({ properties, items, additionalProperties }) =>
        [
            Object.hasOwn(properties ?? {}, step) ? properties?.[String(step)] : undefined,
            items,
            additionalProperties,
        ].filter(isSchema),
    );
}

/** The branches of a union that the value's `kind` leaves open. */
function variants(schema: JsonSchema, value: unknown): JsonSchema[] {
    const branches = (schema.oneOf ?? schema.anyOf)?.filter(isSchema);
    if (branches === undefined) {
        return [schema];
    }
    const kind = (value as { kind?: unknown } | undefined)?.kind;
    const chosen = branches.filter(
        (branch) => isSchema(branch.properties?.kind) && branch.properties.kind.const === kind,
    );
    return (chosen.length > 0 ? chosen : branches).flatMap((branch) => variants(branch, value));
}

function isSchema(candidate: unknown): candidate is JsonSchema {
    return typeof candidate === "object" && candidate !== null && !Array.isArray(candidate);
}
