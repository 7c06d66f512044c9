import type * as z from "zod";

import { schemaMessage } from "./schemaIssues";

type Path = readonly PropertyKey[];

/**
 * Parses a value. Converts integers to text if the schema requires text, because YAML and `pulumi config set --path`
 * read digits as a number.
 */
export function parseWithTexts<T extends z.ZodType>(schema: T, value: unknown): z.ZodSafeParseResult<z.output<T>> {
    const options = { error: schemaMessage };
    const result = schema.safeParse(value, options);
    const paths = (result.error?.issues ?? [])
        .flatMap((issue) => textPaths(issue))
        .filter((path) => Number.isSafeInteger(path.reduce(stepInto, value)));
    return paths.length === 0 ? result : schema.safeParse(paths.reduce(withText, value), options);
}

/** Paths at which an issue requires text. */
function textPaths(issue: z.core.$ZodIssue): Path[] {
    if (issue.code === "invalid_union") {
        return issue.errors.flat().flatMap((inner) => textPaths(inner).map((path) => [...issue.path, ...path]));
    }
    return issue.code === "invalid_type" && issue.expected === "string" ? [issue.path] : [];
}

function stepInto(value: unknown, step: PropertyKey): unknown {
    return (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[step];
}

/** A copy of a value, with the number at a path converted to text. */
function withText(value: unknown, [step, ...rest]: Path): unknown {
    if (step === undefined) {
        return String(value);
    }
    const changed = withText(stepInto(value, step), rest);
    return Array.isArray(value) ? value.with(Number(step), changed) : { ...(value as object), [step]: changed };
}
