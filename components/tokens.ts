import * as pulumi from "@pulumi/pulumi";

/**
 * The values that other resources give, each by the token that stands for it while the objects are described, as in the AWS CDK.
 * A setting is therefore text or a number for all that reads it. `resolveInputs` replaces the tokens.
 */
const values = new Map<string, pulumi.Output<unknown>>();

/** First number that is a token. No setting takes one as large. */
const FIRST_NUMBER = 9_007_199_200_000_000;

/** A token inside a text: letters and digits alone, which no encoding changes. */
const TOKEN = /keepinput[0-9]+x|90071992[0-9]{8}/g;

/** Whether a value will be known only later. */
export function isLater(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
    return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** A text that stands for the value of an Output. */
export function textToken(value: pulumi.Output<unknown>): string {
    const token = `keepinput${values.size}x`;
    values.set(token, value);
    return token;
}

/** A number that stands for the value of an Output. */
export function numberToken(value: pulumi.Output<unknown>): number {
    const token = FIRST_NUMBER + values.size;
    values.set(String(token), value);
    return token;
}

/** Whether a value of a configuration is a token. */
export function isToken(value: unknown): boolean {
    return (typeof value === "string" || typeof value === "number") && values.has(String(value));
}

/** A value of a configuration that is known only later. */
interface LaterValue {
    readonly path: readonly string[];
    readonly token: string;
}

/** Paths to the values of a configuration that are known only later, each with its token. */
export function laterValues(config: unknown, path: readonly string[] = []): LaterValue[] {
    if (isToken(config)) {
        return [{ path, token: String(config) }];
    }
    if (values.size === 0 || typeof config !== "object" || config === null || isLater(config)) {
        return [];
    }
    // A getter is not read: it stands for a setting that was rejected.
    return Object.keys(config).flatMap((key) =>
        laterValues(Object.getOwnPropertyDescriptor(config, key)?.value, [...path, key]),
    );
}

/** Gives each token of a configuration the value that `known`, the same configuration with all known values, has in its place. */
export function settleInputs(config: unknown, known: Promise<unknown>): void {
    for (const { path, token } of laterValues(config)) {
        const settled = values.get(token)?.apply(async () => valueAt(await known, path));
        if (settled !== undefined) {
            values.set(token, settled);
        }
    }
}

function valueAt(config: unknown, path: readonly string[]): unknown {
    return path.reduce((inner, step) => (inner as Readonly<Record<string, unknown>>)[step], config);
}

/** What a function makes of settings: an Output where one of them is known only later. */
export function computed<T, R>(settings: T, compute: (known: T) => R): R | pulumi.Output<R> {
    if (!hasLater(settings)) {
        return compute(settings);
    }
    const known = later(resolveInputs(settings));
    return known.apply<R>((values) => compute(values as T));
}

/** The text that a function makes of settings: a token where one of them is known only later. */
export function computedText<T>(settings: T, compute: (known: T) => string): string {
    const text = computed(settings, compute);
    return typeof text === "string" ? text : textToken(text);
}

/** The number that a function makes of settings: a token where one of them is known only later. */
export function computedNumber<T>(settings: T, compute: (known: T) => number): number {
    const number = computed(settings, compute);
    return typeof number === "number" ? number : numberToken(number);
}

/** Fields of an Output that the SDK has on every one and declares on none (output.js of `@pulumi/pulumi`). */
interface Settled {
    readonly isKnown: Promise<boolean>;
    readonly isSecret: Promise<boolean>;
    readonly promise: () => Promise<unknown>;
}

/** Value of an Output; undefined where a preview does not know it. A secret is not marked as such any more. */
export async function settledValue(
    later: pulumi.Output<unknown> | Promise<unknown>,
): Promise<{ readonly value: unknown; readonly isSecret: boolean } | undefined> {
    const { isKnown, isSecret, promise } = pulumi.output(later) as unknown as Settled;
    return (await isKnown) ? { value: await promise(), isSecret: await isSecret } : undefined;
}

/** Whether something is known only later in settings, or in texts that were made of them. */
export function hasLater(settings: unknown): boolean {
    return tokensIn(settings).length > 0;
}

function tokensIn(value: unknown): string[] {
    if (typeof value === "string" || typeof value === "number") {
        return (
            String(value)
                .match(TOKEN)
                ?.filter((token) => values.has(token)) ?? []
        );
    }
    return typeof value === "object" && value !== null && !isLater(value) ? Object.values(value).flatMap(tokensIn) : [];
}

/** Properties of a resource with each value in the place of its token, inside Outputs too. */
export function resolveInputs<T>(properties: T): T {
    return resolved(properties) as T;
}

function resolved(value: unknown): unknown {
    if (typeof value === "string" || typeof value === "number") {
        return withValues(value);
    }
    if (value instanceof Promise) {
        // Of a list in a Promise, each item may be known or not; an Output would be as a whole.
        return value.then(resolved);
    }
    if (pulumi.Output.isInstance(value)) {
        return value.apply((known) => later(resolved(known)));
    }
    if (Array.isArray(value)) {
        return value.map(resolved);
    }
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
}

function withValues(value: string | number): unknown {
    const whole = values.get(String(value));
    if (whole !== undefined) {
        return typeof value === "number" ? whole : whole.apply(String);
    }
    const tokens = tokensIn(value);
    return tokens.length === 0
        ? value
        : pulumi
              .all(tokens.map((token) => values.get(token)))
              .apply((known) =>
                  tokens.reduce((text, token, index) => text.replace(token, () => String(known[index])), String(value)),
              );
}

function later(value: unknown): pulumi.Output<unknown> {
    return pulumi.output(value as pulumi.Input<object>);
}
