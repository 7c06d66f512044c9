import type * as z from "zod";

import { issue, type Issue } from "../fields/issue";
import { oneOf } from "../fields/vocabulary";

/** What to do about a setting that does not exist, as a sentence without its end. */
export type Suggest = (path: readonly string[]) => string;

/** The issues of a value that its schema refused. `path` leads to the value. */
export function issuesOf(path: readonly string[], value: unknown, error: z.ZodError, suggest: Suggest): Issue[] {
    return error.issues.flatMap((found) => issuesOfOne(path, value, found, suggest));
}

function issuesOfOne(at: readonly string[], whole: unknown, found: z.core.$ZodIssue, suggest: Suggest): Issue[] {
    const path = [...at, ...found.path.map(String)];
    const value = inside(whole, found.path);
    if (found.code === "unrecognized_keys") {
        // Its value is not shown: it may be a secret.
        return found.keys
            .map((unknown) => [...path, unknown])
            .map((whole) => issue(whole, `is not a setting. ${suggest(whole)}`));
    }
    const alternative = found.code === "invalid_union" ? meantAlternative(found) : undefined;
    if (alternative !== undefined) {
        return alternative.flatMap((inner) => issuesOfOne(path, value, inner, suggest));
    }
    // Text in the place of an object is not shown: it may be a secret that was set in the wrong place.
    return [issue(path, found.message, isObjectWanted(found) && typeof value === "string" ? {} : { value })];
}

/** What is wrong inside the alternative of a union, such as text or an object, that was meant; undefined where none stands out. */
function meantAlternative({ errors: all, message }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
    // What is wrong is wrong with the text: that it is no Output says nothing.
    const errors = all.filter(
        (issues) => !issues.some((one) => one.code === "custom" && one.params?.isOutput === true),
    );
    const ofItsType = errors.filter((issues) =>
        issues.every(({ code, path }) => code !== "invalid_type" || path.length > 0),
    );
    const wellKnown = ofItsType.find((issues) => issues.every(({ path }) => path.length > 1));
    return wellKnown ?? (message === "" ? (ofItsType[0] ?? errors[0]) : undefined);
}

function isObjectWanted(found: z.core.$ZodIssue): boolean {
    const { expected } = (found.code === "custom" ? (found.params ?? {}) : found) as { expected?: unknown };
    return expected === "object" || expected === "record";
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
                : `is not a known value. Use one of ${choice}`;
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
    return `${isMissing ? "is missing. Set it to" : "is not a known kind. Set it to"} ${oneOf(options as string[])}`;
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
    return input === undefined
        ? `is missing. Set it to ${what === "text" ? "a text value" : what}`
        : `is not ${what}. ${wayOut}`;
}

/** How a type is called, and how a value of it is written, in a stack file as in a program. */
const FORMS: Readonly<Record<string, readonly [what: string, wayOut: string]>> = {
    string: ["text", "Put it in quotes"],
    boolean: ["true or false", "Write one of the two, without quotes"],
    array: ["a list", "Write [a, b], or one item a line, each after a dash"],
    object: ["an object", "Write its fields, such as {name: value}"],
    record: ["an object of names and values", "Write them as {name: value}"],
};
