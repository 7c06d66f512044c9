import * as z from "zod";

import { INT32_MAX } from "../fields/vocabulary";
import { patternError } from "./pythonRegex";

/** What an error says of a value of another type. */
export function must(what: string) {
    return {
        error: ({ input }: { readonly input?: unknown }) => (input === undefined ? "is required" : `must be ${what}`),
    };
}

/** Text of at most the length of its column; MySQL gives 255 characters to those without a length in Keep's models. */
export function text(length = 255) {
    return anyText(length).regex(/\S/, { error: "must not be empty" });
}

/** Text that may be empty, such as a description. */
export function anyText(length = Infinity) {
    return z.string(must("text")).max(length, { error: `must have at most ${length} characters` });
}

/** Whole number of a column of 32 bits. */
export function whole(least: number) {
    const message = { error: `must be a whole number from ${least} to ${INT32_MAX}` };
    return z.int(must("a whole number")).min(least, message).max(INT32_MAX, message);
}

/** Priority of a rule. */
export const priority = whole(-INT32_MAX - 1).default(0);

/** A switch. */
export const flag = z.boolean(must("true or false"));

/** A list of texts. */
export const texts = z.array(text(), must("a list of texts"));

/** One of some texts. */
export function oneOf<T extends string>(values: readonly T[]) {
    return z.enum(values, must(`one of ${values.join(", ")}`));
}

/** Fields of a file, and no others: a misspelled one would be lost. */
export function file<T extends z.ZodRawShape>(fields: T) {
    return z.strictObject(fields, {
        error: ({ code, keys }) =>
            code === "unrecognized_keys"
                ? `has unknown fields: ${keys.join(", ")}. Use only ${Object.keys(fields).join(", ")}`
                : "must be an object",
    });
}

/** What is wrong with a regular expression of Python, as the rest of a sentence; undefined if nothing is, or only Python can tell. */
export function notPython(pattern: string): string | undefined {
    const help = patternError(pattern);
    return help && `must be a regular expression of Python, but is ${pattern}. ${help}`;
}
