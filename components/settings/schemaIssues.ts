import { distance } from "fastest-levenshtein";
import type * as z from "zod";

import { issue, type Issue } from "../fields/issue";
import { oneOf } from "../fields/vocabulary";

/** Finds the settings that an object may have, by its path. */
export type Siblings = (path: readonly string[]) => readonly string[];

/** The issues of a value that its schema refused. `path` leads to the value. */
export function issuesOf(path: readonly string[], value: unknown, error: z.ZodError, siblings: Siblings): Issue[] {
    return error.issues.flatMap((found) => issuesOfOne(path, value, found, siblings));
}

function issuesOfOne(at: readonly string[], whole: unknown, found: z.core.$ZodIssue, siblings: Siblings): Issue[] {
    const path = [...at, ...found.path.map(String)];
    const value = inside(whole, found.path);
    if (found.code === "unrecognized_keys") {
        return found.keys.map((unknown) =>
            issue([...path, unknown], `is not a setting. ${nearest(unknown, siblings(path))}`, {
                value: inside(value, [unknown]),
            }),
        );
    }
    // A union of alternatives, such as text or an object, has no words of its own: the alternative that took the value's
    // type says what is wrong inside.
    const [alternative] = found.code === "invalid_union" && found.message === "" ? bySpecificity(found.errors) : [];
    return alternative === undefined
        ? [issue(path, found.message, { value })]
        : alternative.flatMap((inner) => issuesOfOne(path, value, inner, siblings));
}

function bySpecificity(alternatives: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[][] {
    const isOtherType = (issues: z.core.$ZodIssue[]) =>
        issues.some(({ code, path }) => code === "invalid_type" && path.length === 0);
    return [...alternatives].sort((a, b) => Number(isOtherType(a)) - Number(isOtherType(b)));
}

function inside(whole: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce((inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step], whole);
}

/** Reason and way out for what a schema has no words of its own for, as zod asks for them (`error` of a parse). */
export function schemaMessage(found: z.core.$ZodRawIssue): string {
    switch (found.code) {
        case "invalid_value": {
            const choice = (found.values as unknown[]).map(String).join(", ");
            return found.input === undefined
                ? `is missing. Use one of ${choice}`
                : `is none of the known values. Use ${choice}`;
        }
        case "invalid_type":
            return typeMessage(found);
        case "invalid_union":
            return found.discriminator === undefined ? "" : kindMessage(found);
        default:
            return "is not valid. See docs/configuration.md";
    }
}

/** What is said where an object of several kinds names none of them. */
function kindMessage({ input, options }: z.core.$ZodRawIssue): string {
    const isMissing = (input as { kind?: unknown } | undefined)?.kind === undefined;
    return `${isMissing ? "is missing. Set it to" : "has no known kind. Set kind to"} ${oneOf(options as string[])}`;
}

function typeMessage({ expected, input, inst }: z.core.$ZodRawIssue): string {
    const [kind] = inst !== undefined && "propValues" in inst._zod ? (inst._zod.propValues?.kind ?? []) : [];
    if (kind !== undefined) {
        return `is ${input === undefined ? "missing" : "not an object"}. Write its fields, such as {kind: ${String(kind)}}`;
    }
    const [what, wayOut] = FORMS[String(expected)] ?? [
        `a value of type ${String(expected)}`,
        "Look it up in docs/configuration.md",
    ];
    return input === undefined ? `is missing. Give it ${what}` : `is not ${what}. ${wayOut}`;
}

/** How a type is called, and how a value of it is written, in a stack file as in a program. */
const FORMS: Readonly<Record<string, readonly [what: string, wayOut: string]>> = {
    string: ["text", "Put it in quotes"],
    boolean: ["true or false", "Write one of the two, without quotes"],
    array: ["a list", "Write [a, b], or one item a line, each after a dash"],
    object: ["an object", "Write its fields, such as {name: value}"],
    record: ["an object of names and values", "Write them as {name: value}"],
};

/** The name that was probably meant, as the end of a sentence; empty when none is near. */
export function nearest(name: string, known: readonly string[]): string {
    const far = (other: string) => distance(name.toLowerCase(), other.toLowerCase());
    const [best] = [...known].sort((a, b) => far(a) - far(b));
    return best !== undefined && far(best) <= Math.max(2, name.length / 3)
        ? `Perhaps you meant ${best}`
        : `Known are: ${[...known].sort().join(", ")}`;
}
