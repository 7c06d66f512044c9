import type * as z from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * One object with the fields of all kinds, all optional, in place of a union: generators turn a union into `interface{}` in Go, and into
 * `object` in .NET and Java. The program validates which fields a kind has.
 */
export function mergedKinds(branches: readonly JsonSchema[]): JsonSchema {
    const kinds = branches.map(kindOf);
    const [first] = branches;
    const properties = merged(branches.map((branch, index) => [kinds[index] ?? "", branch])).properties ?? {};
    const { kind } = properties;
    const description = `One of ${kinds.join(", ")}.`;
    return {
        ...(first?.description === undefined ? {} : { description: first.description }),
        type: "object",
        properties: { ...properties, kind: { ...(kind as JsonSchema), description } },
        required: [],
    };
}

/** The kind of a branch of a union; undefined if the union has no kinds. */
export function kindOf({ properties }: JsonSchema): string | undefined {
    const kind = properties?.kind;
    return typeof kind === "object" && typeof kind.const === "string" ? kind.const : undefined;
}

type Named = readonly (readonly [kind: string, schema: JsonSchema])[];

/** One setting of all kinds: the same type, with the fields of all kinds if it is an object. */
function merged(schemas: Named): JsonSchema {
    const [[, first] = ["", {}]] = schemas;
    const { const: constant, properties, input, ...others } = first;
    const isInput = schemas.every(([, schema]) => schema.input === true);
    const isConstant = schemas.every(([, schema]) => schema.const === constant);
    return {
        ...others,
        ...(isInput ? { input } : {}),
        ...(isConstant && constant !== undefined ? { const: constant } : {}),
        ...(properties === undefined ? {} : { properties: mergedProperties(schemas), required: [] }),
    };
}

function mergedProperties(schemas: Named): Record<string, JsonSchema> {
    const names = [...new Set(schemas.flatMap(([, { properties = {} }]) => Object.keys(properties)))];
    return Object.fromEntries(
        names.map((name) => {
            const having = schemas.flatMap(([kind, { properties = {} }]) => {
                const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
                return typeof schema === "object" ? [[kind, schema] as const] : [];
            });
            const all = merged(having);
            const kinds = having.map(([kind]) => kind).join(", ");
            const description =
                having.length === schemas.length ? all.description : `${all.description ?? ""} (${kinds})`.trim();
            return [name, { ...all, ...(description === undefined ? {} : { description }) }];
        }),
    );
}
