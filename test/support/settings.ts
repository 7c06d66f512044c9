import type * as z from "zod";

import type { Written } from "./config";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** One setting of the schema: how to reach it, and which `kind` must be chosen on the way. */
export interface Setting {
    /** Keys from the top of the stack; `0` stands for an item of a list, `name` for any name in an object of names. */
    readonly path: readonly string[];
    readonly kinds: readonly { readonly path: readonly string[]; readonly kind: unknown }[];
    readonly schema: JsonSchema;
}

/** Every setting of a schema, those inside others too. */
export function settingsOf(schema: JsonSchema, path: readonly string[] = [], kinds: Setting["kinds"] = []): Setting[] {
    const branches = schema.oneOf ?? schema.anyOf;
    if (branches !== undefined) {
        return branches.flatMap((branch) => {
            const kind = (branch.properties?.kind as JsonSchema | undefined)?.const;
            return settingsOf(branch, path, kind === undefined ? kinds : [...kinds, { path, kind }]);
        });
    }
    const inner = [
        ...Object.entries(schema.properties ?? {}),
        ...[schema.items].flatMap((items) => [["0", items]] as const),
        ["name", schema.additionalProperties] as const,
    ].flatMap(([step, below]) =>
        typeof below === "object" && !Array.isArray(below) ? settingsOf(below, [...path, step], kinds) : [],
    );
    return path.length === 0 ? inner : [{ path, kinds, schema }, ...inner];
}

/** What a stack file holds when one setting has a value. */
export function written({ path, kinds }: Pick<Setting, "kinds" | "path">, value: unknown): Written {
    const chosen = kinds.reduce<unknown>((whole, { path: at, kind }) => put(whole, [...at, "kind"], kind), {});
    return put(chosen, path, value) as Written;
}

/** A copy of `whole` with `value` at the end of a path; objects and lists are made on the way. */
export function put(whole: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
    if (step === undefined) {
        return value;
    }
    if (step === "0") {
        return [put(Array.isArray(whole) ? whole[0] : undefined, rest, value)];
    }
    const record = (typeof whole === "object" && whole !== null ? whole : {}) as Record<string, unknown>;
    return { ...record, [step]: put(record[step], rest, value) };
}
