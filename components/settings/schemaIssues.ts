import * as z from "zod";

import { issue, type Issue } from "../fields/issue";
import { notText } from "../fields/unusable";
import { oneOf } from "../fields/vocabulary";

/** Returns the fix for an unknown setting, as a sentence without a full stop. */
export type Suggest = (path: readonly string[]) => string;

/** The issues of a value at `path` that its schema rejects. */
export function issuesOf(path: readonly string[], value: unknown, error: z.ZodError, suggest: Suggest): Issue[] {
    return error.issues.flatMap((found) => issuesOfOne(path, value, found, suggest));
}

function issuesOfOne(at: readonly string[], parent: unknown, found: z.core.$ZodIssue, suggest: Suggest): Issue[] {
    const path = [...at, ...found.path.map(String)];
    const value = inside(parent, found.path);
    if (found.code === "unrecognized_keys") {
        return found.keys
            .map((unknown) => [...path, unknown])
            .map((unknown) => issue(unknown, `is not a setting. ${suggest(unknown)}`));
    }
    const alternative = found.code === "invalid_union" ? closestAlternative(found) : undefined;
    if (alternative !== undefined) {
        return alternative.flatMap((inner) => issuesOfOne(path, value, inner, suggest));
    }
    return [issue(path, found.message, { value })];
}

/**
 * The issues of the alternative of a union that matches the value best, such as text or an object; undefined if none
 * does.
 */
function closestAlternative({ errors: all, message }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
    // Ignores the alternative of an Output.
    const errors = all.filter(
        (issues) => !issues.some((one) => one.code === "custom" && one.params?.isOutput === true),
    );
    const ofItsType = errors.filter((issues) =>
        issues.every(({ code, path }) => code !== "invalid_type" || path.length > 0),
    );
    const wellKnown = ofItsType.find((issues) => issues.every(({ path }) => path.length > 1));
    return wellKnown ?? (message === "" ? (ofItsType[0] ?? errors[0]) : undefined);
}

function inside(parent: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce((inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step], parent);
}

/** Default messages for issues without a message in the schema (zod's option `error`). */
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

/** The message for a missing or unknown `kind`. */
function kindMessage({ input, options }: z.core.$ZodRawIssue): string {
    const isMissing = (input as { kind?: unknown } | undefined)?.kind === undefined;
    return `${isMissing ? "is missing. Set it to" : "is not a known kind. Set it to"} ${oneOf(options as string[])}`;
}

function typeMessage({ expected, input, inst }: z.core.$ZodRawIssue): string {
    const [kind] = inst !== undefined && "propValues" in inst._zod ? (inst._zod.propValues?.kind ?? []) : [];
    if (kind !== undefined) {
        return `is ${input === undefined ? "missing" : "not an object"}. Write its fields, such as {kind: ${String(kind)}}`;
    }
    if (expected === "string" && input !== undefined) {
        return notText(input);
    }
    if (inst instanceof z.core.$ZodObject && input !== undefined) {
        const [field = "name"] = Object.keys(inst._zod.def.shape);
        return `is not an object. Write its fields, such as {${field}: value}`;
    }
    const [what, fix] = FORMS[String(expected)] ?? [`a value of type ${String(expected)}`, "See docs/configuration.md"];
    return input === undefined
        ? `is missing. Set it to ${what === "text" ? "a text value" : what}`
        : `is not ${what}. ${fix}`;
}

/** The name of each type in messages, and how to write a value of it. */
const FORMS: Readonly<Record<string, readonly [what: string, fix: string]>> = {
    string: ["text", ""],
    boolean: ["true or false", "Write true or false, without quotes"],
    array: ["a list", "Write [a, b], or one item per line after a dash"],
    object: ["an object", ""],
    record: ["an object of names and values", "Write them as {name: value}"],
};
