import * as z from "zod";

import { isTextField } from "../fields/kubernetes/structure";
import { defaultKinds, stackSchema } from "./schema";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** JSON schema of the settings (draft 7, which editors support), for the documentation and for suggestions of keys. */
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

/**
 * JSON schema of settings. For a setting that may be an Output, it has only the plain type.
 * @param withMarks whether to keep the marks of these settings (`input: true`) and of objects of Kubernetes (their type
 *   in `kubernetes`)
 */
export function jsonSchemaOf(schema: z.ZodType, withMarks = false): JsonSchema {
    const withOutputs = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", target: "draft-7" });
    return withoutOutputs(withOutputs, withMarks) as JsonSchema;
}

/**
 * Replaces unions with an Output by their plain type. zod's `override` cannot do this, because it gets transformed
 * strings as empty schemas.
 */
function withoutOutputs(value: unknown, withMarks: boolean): unknown {
    if (Array.isArray(value)) {
        return value.map((inner: unknown) => withoutOutputs(inner, withMarks));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const { anyOf, input, ...others } = value as JsonSchema;
    const [text] = isInput(value as JsonSchema) ? (anyOf ?? []) : [];
    const schema = text === undefined ? value : { ...text, ...others, ...(withMarks ? { input } : {}) };
    return Object.fromEntries(
        Object.entries(schema)
            .filter(([key, inner]) => withMarks || key !== "kubernetes" || typeof inner !== "string")
            .map(([key, inner]) => [key, withoutOutputs(inner, withMarks)]),
    );
}

/** Whether a program may pass an Output for the setting of a schema. */
export function isInput(schema: JsonSchema): boolean {
    return schema.input === true;
}

/** Whether a program may pass an Output for the setting at a path. */
export function isInputAt(path: readonly string[], stack: unknown): boolean {
    return schemasAt(path, stack).some(isInput);
}

/** Whether a path leads into an object of a type of Kubernetes. */
export function isInKubernetesObject(path: readonly string[], stack: unknown): boolean {
    return path.some((_, index) =>
        schemasAt(path.slice(0, index + 1), stack).some(({ kubernetes }) => typeof kubernetes === "string"),
    );
}

/** Types of texts, numbers and switches in JSON schema. */
const SCALARS: readonly unknown[] = ["string", "number", "integer", "boolean"];

/** The step of a path to an item of a list. */
const INDEX = /^\d+$/;

/** Whether the schema has text, a number, a switch or a choice at a path, in any variant. */
export function takesText(path: readonly string[]): boolean {
    return takesTextIn(markedSchema(), path);
}

function takesTextIn(schema: JsonSchema, path: readonly string[]): boolean {
    const [step, ...rest] = path;
    return variants(schema, undefined).some((branch) => {
        if (typeof branch.kubernetes === "string") {
            return isTextField(branch.kubernetes, path);
        }
        return step === undefined
            ? [branch.type].flat().some((type) => SCALARS.includes(type)) || branch.const !== undefined
            : (branch.type !== "array" || INDEX.test(step)) &&
                  stepInto(branch, step, undefined).some((inner) => takesTextIn(inner, rest));
    });
}

/**
 * Names of the settings of an object, to suggest one for a misspelt name.
 * @param path path of the object
 * @param stack the settings, whose values of `kind` select variants
 */
export function knownKeys(path: readonly PropertyKey[], stack: unknown): string[] {
    return schemasAt(path, stack).flatMap((schema) => Object.keys(schema.properties ?? {}));
}

let marked: JsonSchema | undefined;

function markedSchema(): JsonSchema {
    return (marked ??= jsonSchemaOf(stackSchema, true));
}

function schemasAt(path: readonly PropertyKey[], stack: unknown): JsonSchema[] {
    let schemas: JsonSchema[] = [markedSchema()];
    let value = stack;
    for (const step of path) {
        schemas = schemas.flatMap((schema) => stepInto(schema, step, value));
        value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
    }
    return schemas.flatMap((schema) => variants(schema, value));
}

/** Paths of all settings, except those in lists and maps, shortest first. */
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

/** The branches of a union that match the value's `kind`; all branches if it has none. */
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
