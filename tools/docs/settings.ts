import type * as z from "zod";

import { INT32_MAX } from "../../components/fields/vocabulary";
import { isInput } from "../../components/settings/knownKeys";

/** A JSON schema, as zod generates it. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A row of the documentation: a setting below a top-level key. */
export interface Setting {
    /** Path below the top-level key, such as `volume.size`; `[]` is any item of a list. */
    readonly path: string;
    readonly type: string;
    /** Default as code; undefined: none. */
    readonly default: string | undefined;
    readonly required: boolean;
    readonly description: string;
}

/** Settings of several keys, documented once. */
export interface SharedSettings {
    readonly title: string;
    readonly introduction: string;
    readonly schema: JsonSchema;
}

/** The settings of an object: its own ones, and references to shared settings. */
export interface ObjectSettings {
    readonly own: readonly Setting[];
    /** Each with the path of the object that has its settings; empty: the object itself. */
    readonly shared: readonly { readonly path: string; readonly group: SharedSettings }[];
}

/** All settings of an object schema, depth first, in the order of the schema. */
export function settingsOf(schema: JsonSchema, groups: readonly SharedSettings[], path = ""): ObjectSettings {
    const properties = propertiesOf(schema);
    const group = groups.find((candidate) => includesAll(properties, propertiesOf(candidate.schema)));
    const documented = group === undefined ? {} : propertiesOf(group.schema);
    const parts = Object.entries(properties)
        .filter(([name]) => !(name in documented))
        .map(([name, property]) => {
            const inner = join(path, name);
            const line = setting(inner, property, schema.required?.includes(name) ?? false);
            const below = nested(inner, property, groups);
            return { own: [line, ...below.own], shared: below.shared };
        });
    return {
        own: parts.flatMap((part) => part.own),
        shared: [...(group === undefined ? [] : [{ path, group }]), ...parts.flatMap((part) => part.shared)],
    };
}

/** The settings of each entry of a list of objects; undefined for any other setting. */
export function entrySettingsOf({ items }: JsonSchema, groups: readonly SharedSettings[]): ObjectSettings | undefined {
    return isSchema(items) && items.properties !== undefined ? settingsOf(items, groups) : undefined;
}

/** The variants of a setting with `kind`; undefined for any other setting. */
export function kindsOf(schema: JsonSchema): JsonSchema[] | undefined {
    return schema.oneOf?.filter(isSchema);
}

/** The properties of an object schema. */
export function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
    return Object.fromEntries(
        Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
            isSchema(property) ? [[name, property]] : [],
        ),
    );
}

/** A type for readers, marked if a program may pass an Output. */
export function typeOf(schema: JsonSchema): string {
    return isInput(schema) ? `${plainTypeOf(schema)} (input)` : plainTypeOf(schema);
}

function plainTypeOf(schema: JsonSchema): string {
    if (schema.title !== undefined) {
        return schema.title;
    }
    if (schema.const !== undefined) {
        return code(schema.const);
    }
    if (schema.enum !== undefined) {
        return schema.enum.map(code).join(", ");
    }
    if (schema.type === "array") {
        return isSchema(schema.items) ? `list: ${typeOf(schema.items)}` : "list";
    }
    if (schema.type === "object") {
        return isSchema(schema.additionalProperties) ? `map: ${typeOf(schema.additionalProperties)}` : "object";
    }
    if (schema.oneOf !== undefined) {
        return "object";
    }
    if (schema.anyOf !== undefined) {
        return "text or object";
    }
    return schema.type === "integer" ? range(schema) : schema.type === "boolean" ? "`true`, `false`" : "text";
}

/** A value as YAML on one line, in code font. */
export function code(value: unknown): string {
    const text = typeof value === "string" && value !== "" ? value : JSON.stringify(value);
    return `\`${text}\``;
}

function setting(path: string, schema: JsonSchema, required: boolean): Setting {
    const { default: value } = schema;
    const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
    return {
        path,
        type: typeOf(schema),
        default: value === undefined || isEmpty ? undefined : code(value),
        required,
        description: [schema.description, itemDescription(schema), ...meaningsOf(schema)].filter(Boolean).join("; "),
    };
}

function itemDescription({ items, additionalProperties }: JsonSchema): string | undefined {
    const item = [items, additionalProperties].filter(isSchema).find(({ description }) => description !== undefined);
    return item && `each: ${item.description ?? ""}`;
}

/** The meaning of each value of an enumeration. */
export function meaningsOf({ enum: values = [], enumDescriptions }: JsonSchema): string[] {
    return Array.isArray(enumDescriptions)
        ? values.map((value, index) => `${String(value)}: ${String(enumDescriptions[index])}`)
        : [];
}

function nested(path: string, schema: JsonSchema, groups: readonly SharedSettings[]): ObjectSettings {
    if (schema.properties !== undefined) {
        return settingsOf(schema, groups, path);
    }
    return isSchema(schema.items) && schema.items.properties !== undefined
        ? settingsOf(schema.items, groups, `${path}[]`)
        : { own: [], shared: [] };
}

function includesAll(properties: Record<string, JsonSchema>, others: Record<string, JsonSchema>): boolean {
    return Object.entries(others).every(([name, other]) => JSON.stringify(properties[name]) === JSON.stringify(other));
}

function range({ minimum, maximum }: JsonSchema): string {
    const isBounded = maximum !== undefined && maximum < INT32_MAX;
    return isBounded
        ? `whole number, ${String(minimum)} to ${String(maximum)}`
        : `whole number, ${String(minimum)} or more`;
}

function join(path: string, name: string): string {
    return path === "" ? name : `${path}.${name}`;
}

function isSchema(candidate: unknown): candidate is JsonSchema {
    return typeof candidate === "object" && candidate !== null && !Array.isArray(candidate);
}
