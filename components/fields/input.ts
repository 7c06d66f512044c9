import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

/**
 * A value that another resource gives and no object's existence follows from, such as a host or an annotation. While the objects
 * are described, a text stands in its place, as tokens do in the AWS CDK: so a setting is text for all that reads it. `resolveInputs`
 * puts the value where the text has come to stand.
 */
interface Later {
    readonly value: pulumi.Output<unknown>;
    readonly schema: z.ZodType;
}

const later = new Map<string, Later>();

/** What stands for a value: small letters and digits alone, so that no encoding changes it, and nothing else looks like it. */
const TOKEN = /keepinput[0-9]+x/g;

/** Whether a value will be known only later. */
export function isLater(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
    return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Marks a text of the schema as an input: a program may give an Output. Types, checks and the package's schema follow from it. */
export function input<T extends z.ZodType<string>>(schema: T) {
    const given = z
        .custom<pulumi.Output<z.input<T>> | Promise<z.input<T>>>(isLater, { params: { isOutput: true } })
        .transform((value): string => {
            const token = `keepinput${later.size}x`;
            later.set(token, { value: pulumi.output(value), schema });
            return token;
        });
    return z.union([schema, given]).meta({ input: true });
}

/** Paths to the values of a configuration that are known only later, each with the text that stands there. */
export function laterValues(
    config: unknown,
    path: readonly string[] = [],
): { path: readonly string[]; token: string }[] {
    if (typeof config === "string") {
        return later.has(config) ? [{ path, token: config }] : [];
    }
    return typeof config === "object" && config !== null && !isLater(config)
        ? Object.entries(Object.getOwnPropertyDescriptors(config)).flatMap(([key, { value }]) =>
              laterValues(value, [...path, key]),
          )
        : [];
}

/**
 * Has a value that is known only later checked when it is there.
 * @param refuse what is done with the schema's error; it throws.
 */
export function checkLater(token: string, refuse: (value: unknown, error: z.ZodError) => never): void {
    const entry = later.get(token);
    if (entry !== undefined) {
        const { schema } = entry;
        const value = entry.value.apply((known) => {
            const { data, error } = schema.safeParse(known, { error: ({ message }) => message ?? "is not valid" });
            return error === undefined ? data : refuse(known, error);
        });
        later.set(token, { schema, value });
    }
}

/** Properties of a resource with each value in the place of the text that stands for it, inside Outputs too. */
export function resolveInputs<T>(properties: T): T {
    return resolved(properties) as T;
}

function resolved(value: unknown): unknown {
    if (typeof value === "string") {
        return withValues(value);
    }
    if (value instanceof Promise) {
        return pulumi.output(value).apply((known) => pulumi.output(resolved(known)));
    }
    if (pulumi.Output.isInstance(value)) {
        return value.apply((known) => pulumi.output(resolved(known)));
    }
    if (Array.isArray(value)) {
        return value.map(resolved);
    }
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
}

function withValues(text: string): unknown {
    const tokens = text.match(TOKEN)?.filter((token) => later.has(token)) ?? [];
    if (tokens.length === 0) {
        return text;
    }
    return pulumi
        .all(tokens.map((token) => later.get(token)?.value))
        .apply((values) =>
            tokens.reduce((whole, token, index) => whole.replace(token, () => String(values[index])), text),
        );
}
