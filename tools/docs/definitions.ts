import type { JsonSchema } from "./settings";

/** Minimum length of a definition. A shorter one takes more space than it saves. */
const SHORTEST = 120;

/** Keywords whose value maps any name to a schema. */
const MAPS = ["properties", "patternProperties"] as const;
/** Keywords whose value is a schema, or a list of them. */
const SCHEMAS = ["items", "additionalProperties", "anyOf", "oneOf", "allOf"] as const;

type Visit = (schema: JsonSchema, name: string) => unknown;

/** Moves the parts that occur several times to `definitions`. Names each after its first occurrence. */
export function withDefinitions(schema: JsonSchema): JsonSchema {
    const times = new Map<string, number>();
    const count: Visit = (part, name) => {
        const text = JSON.stringify(part);
        times.set(text, (times.get(text) ?? 0) + 1);
        // The content of a repeated part occurs once, in its definition.
        return times.get(text) === 1 ? inside(part, count, name) : part;
    };
    count(schema, "");

    const definitions: Record<string, unknown> = {};
    const names = new Map<string, string>();
    const replace: Visit = (part, name) => {
        const text = JSON.stringify(part);
        if (times.get(text) === 1 || text.length < SHORTEST) {
            return inside(part, replace, name);
        }
        const known = names.get(text) ?? freeName(name, definitions);
        if (!names.has(text)) {
            names.set(text, known);
            definitions[known] = undefined;
            definitions[known] = inside(part, replace, name);
        }
        return { $ref: `#/definitions/${known}` };
    };
    return Object.assign(inside(schema, replace, ""), { definitions });
}

function freeName(name: string, taken: object): string {
    const numbered = (number: number): string =>
        Object.hasOwn(taken, `${name}${number}`) ? numbered(number + 1) : `${name}${number}`;
    return Object.hasOwn(taken, name) ? numbered(2) : name;
}

/** A copy of a schema in which `visit` replaces each direct subschema. */
function inside(schema: JsonSchema, visit: Visit, name: string): JsonSchema {
    const result: Record<string, unknown> = { ...schema };
    for (const keyword of MAPS) {
        const map = schema[keyword];
        if (map !== undefined) {
            result[keyword] = Object.fromEntries(
                Object.entries(map).map(([key, inner]) => [key, visited(inner, visit, key.replace("keep:", ""))]),
            );
        }
    }
    for (const keyword of SCHEMAS) {
        const value = schema[keyword];
        if (value !== undefined) {
            result[keyword] = Array.isArray(value)
                ? value.map((inner: unknown) => visited(inner, visit, name))
                : visited(value, visit, name);
        }
    }
    return result;
}

function visited(value: unknown, visit: Visit, name: string): unknown {
    return typeof value === "object" && value !== null ? visit(value as JsonSchema, name) : value;
}
