import { distance } from "fastest-levenshtein";
import type * as z from "zod";

/** One mistake in a stack file. */
export interface Issue {
    /** Key as the user types it, such as `keep:ingress.backendPrefix`. */
    readonly key: string;
    /** What is wrong and the way out, as the rest of a sentence that begins with key and value. */
    readonly message: string;
    /** Value as given; left out when absent, secret or beside the point. */
    readonly value?: unknown;
}

/** Reason and way out for one value, as the fields of the schema word it: "is not … . Do …". */
export function formatIssue({ key, message, value }: Issue): string {
    return value === undefined ? `${key} ${message}.` : `${key} (${shown(value)}) ${message}.`;
}

/**
 * Every problem of a description as one message.
 * @param where what was read, and what became of it, such as "Pulumi.dev.yaml; nothing was changed".
 */
export function formatIssues(where: string, problems: readonly Issue[]): string {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    return [`${count} in ${where}:`, ...problems.map((problem) => `  - ${formatIssue(problem)}`)].join("\n");
}

/** The problems of a value that its schema refused, each with the whole key. */
export function problemsOf(key: string, value: unknown, error: z.ZodError, siblings: Siblings): Issue[] {
    return error.issues.flatMap((issue) => problemsOfIssue(key, value, issue, siblings));
}

/** Finds the settings that an object may have, by its path below the key. */
export type Siblings = (path: readonly PropertyKey[]) => readonly string[];

/** The name that was probably meant, as the end of a sentence; empty when none is near. */
export function nearest(name: string, known: readonly string[]): string {
    const far = (other: string) => distance(name.toLowerCase(), other.toLowerCase());
    const [best] = [...known].sort((a, b) => far(a) - far(b));
    return best !== undefined && far(best) <= Math.max(2, name.length / 3)
        ? `Perhaps you meant ${best}`
        : `Known are: ${[...known].sort().join(", ")}`;
}

function problemsOfIssue(key: string, whole: unknown, issue: z.core.$ZodIssue, siblings: Siblings): Issue[] {
    const path = [key, ...issue.path.map(String)].join(".");
    const value = inside(whole, issue.path);
    switch (issue.code) {
        case "unrecognized_keys":
            return issue.keys.map((unknown) => ({
                key: `${path}.${unknown}`,
                value: (value as Record<string, unknown>)[unknown],
                message: `is not a setting. ${nearest(unknown, siblings(issue.path))}`,
            }));
        case "invalid_type":
            return [typeProblem(path, value, issue)];
        case "invalid_value":
            return [
                {
                    key: path,
                    value,
                    message: ownMessage(issue.message) ?? choiceFault(value, issue),
                },
            ];
        case "invalid_union":
            return [unionProblem(path, value, issue)];
        default:
            return [{ key: path, value, message: issue.message }];
    }
}

function inside(whole: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce((inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step], whole);
}

/** Messages of our own are sentences without a subject; zod's own begin with a capital. */
function ownMessage(message: string): string | undefined {
    return /^[a-z]/.test(message) ? message : undefined;
}

function choiceFault(value: unknown, { values }: z.core.$ZodIssueInvalidValue): string {
    const choice = values.map(String).join(", ");
    return value === undefined ? `is missing. Use one of ${choice}` : `is none of the known values. Use ${choice}`;
}

function typeProblem(key: string, value: unknown, issue: z.core.$ZodIssueInvalidType): Issue {
    if (value === undefined) {
        return { key, message: ownMessage(issue.message) ?? `is missing. Give it ${form(issue.expected)[0]}` };
    }
    const [what, wayOut] = form(issue.expected);
    return { key, value, message: ownMessage(issue.message) ?? `is not ${what}. ${wayOut}` };
}

/** How the messages about a kind begin, which go on with its values. */
const NO_KNOWN_KIND = "has no known kind. Set kind to";

function unionProblem(key: string, value: unknown, issue: z.core.$ZodIssueInvalidUnion): Issue {
    const unionFault = (given: unknown) =>
        given === undefined ? issue.message.replace(NO_KNOWN_KIND, "is missing. Set it to") : issue.message;
    if (typeof value === "object" && value !== null && issue.discriminator !== undefined) {
        const kind = (value as Record<string, unknown>)[issue.discriminator];
        return { key: `${key}.${issue.discriminator}`, value: kind, message: unionFault(kind) };
    }
    // A union without a discriminator, such as text or an object: the first branch that looked at the value says it best.
    const inner = issue.errors.flat().find((candidate) => ownMessage(candidate.message) !== undefined);
    return inner === undefined
        ? { key, value, message: unionFault(value) }
        : {
              key: [key, ...inner.path.map(String)].join("."),
              value: inside(value, inner.path),
              message: inner.message,
          };
}

/** How a type is called, and how a value of it is written. */
function form(type: string): readonly [what: string, wayOut: string] {
    const forms: Record<string, readonly [string, string]> = {
        string: ["text", "Put it in quotes"],
        boolean: ["true or false", "Write one of the two, without quotes"],
        array: ["a list", "Write [a, b], or one item a line, each after a dash"],
        object: ["an object", "Indent its fields below it, or use pulumi config set --path"],
        record: ["an object of names and values", "Indent them below it, or use pulumi config set --path"],
    };
    return forms[type] ?? [`a value of type ${type}`, "Look it up in docs/configuration.md"];
}

function shown(value: unknown): string {
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
