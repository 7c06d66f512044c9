import { distance } from "fastest-levenshtein";
import type * as z from "zod";

/** One mistake in a stack file. */
export interface Problem {
    /** Key as the user types it, such as `keep:ingress.backendPrefix`. */
    readonly key: string;
    /** What is wrong and the way out, as the rest of a sentence that begins with key and value. */
    readonly fault: string;
    /** Value as given; left out when absent, secret or beside the point. */
    readonly value?: unknown;
}

/** Reason and way out for one value, as the fields of the schema word it: "is not … . Do …". */
export function describe({ key, fault, value }: Problem): string {
    return value === undefined ? `${key} ${fault}.` : `${key} (${shown(value)}) ${fault}.`;
}

/** The problems of a value that its schema refused, each with the whole key. */
export function problemsOf(key: string, value: unknown, error: z.ZodError, siblings: Siblings): Problem[] {
    return error.issues.flatMap((issue) => problemsOfIssue(key, value, issue, siblings));
}

/** Finds the settings that an object may have, by its path below the key. */
export type Siblings = (path: readonly PropertyKey[]) => readonly string[];

/** The name that was probably meant, as the end of a sentence; empty when none is near. */
export function nearest(name: string, known: readonly string[]): string {
    const [best] = [...known].sort((a, b) => distance(name, a) - distance(name, b));
    return best !== undefined && distance(name.toLowerCase(), best.toLowerCase()) <= Math.max(2, name.length / 3)
        ? `Did you mean ${best}?`
        : `Known are: ${[...known].sort().join(", ")}`;
}

function problemsOfIssue(key: string, whole: unknown, issue: z.core.$ZodIssue, siblings: Siblings): Problem[] {
    const path = [key, ...issue.path.map(String)].join(".");
    const value = issue.path.reduce<unknown>(
        (inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
        whole,
    );
    switch (issue.code) {
        case "unrecognized_keys":
            return issue.keys.map((unknown) => ({
                key: `${path}.${unknown}`,
                value: (value as Record<string, unknown>)[unknown],
                fault: `is not a setting. ${nearest(unknown, siblings(issue.path))}`,
            }));
        case "invalid_type":
            return [typeProblem(path, value, issue)];
        case "invalid_value":
            return [
                {
                    key: path,
                    value,
                    fault:
                        ownMessage(issue.message) ??
                        `is none of the known values. Use ${issue.values.map(String).join(", ")}`,
                },
            ];
        case "invalid_union":
            return [unionProblem(path, value, issue)];
        default:
            return [{ key: path, value, fault: issue.message }];
    }
}

/** Messages of our own are sentences without a subject; zod's own begin with a capital. */
function ownMessage(message: string): string | undefined {
    return /^[a-z]/.test(message) ? message : undefined;
}

function typeProblem(key: string, value: unknown, issue: z.core.$ZodIssueInvalidType): Problem {
    if (value === undefined) {
        return { key, fault: ownMessage(issue.message) ?? `is missing. Give it ${article(issue.expected)}` };
    }
    return {
        key,
        value,
        fault: ownMessage(issue.message) ?? `is not ${article(issue.expected)}. Write ${article(issue.expected)}`,
    };
}

function unionProblem(key: string, value: unknown, issue: z.core.$ZodIssueInvalidUnion): Problem {
    if (typeof value === "object" && value !== null && issue.discriminator !== undefined) {
        const kind = (value as Record<string, unknown>)[issue.discriminator];
        return { key: `${key}.${issue.discriminator}`, value: kind, fault: issue.message };
    }
    // A union without a discriminator, such as text or number: the first branch that looked at the value says it best.
    const inner = issue.errors.flat().find((candidate) => ownMessage(candidate.message) !== undefined);
    return {
        key,
        value,
        fault: ownMessage(issue.message) ?? inner?.message ?? "has the wrong form. Look it up in docs/configuration.md",
    };
}

function article(type: string): string {
    const names: Record<string, string> = {
        string: "text in quotes",
        boolean: "true or false",
        int: "a whole number, without quotes",
        number: "a number, without quotes",
        array: "a list",
        object: "an object (use --path with pulumi config set, or indent its fields in the file)",
        record: "an object of names and values",
    };
    return names[type] ?? `a value of type ${type}`;
}

function shown(value: unknown): string {
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
