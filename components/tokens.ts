import * as pulumi from "@pulumi/pulumi";

/**
 * Outputs in the settings, by their tokens. As in the AWS CDK, a token is a text or number that represents an Output,
 * so that all code can read settings as plain values. `resolveInputs` replaces the tokens in the properties of
 * resources.
 */
const values = new Map<string, pulumi.Output<unknown>>();

/** First number that is a token. All settings have a smaller maximum. */
const FIRST_NUMBER = 9_007_199_200_000_000;

/** Tokens in a text. They contain only letters and digits, which no encoding changes. */
const TOKEN = /keepinput[0-9]+x|90071992[0-9]{8}/g;

/** Whether a value is an Output or a promise. */
export function isLater(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
    return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Returns a text that represents the value of an Output. */
export function textToken(value: pulumi.Output<unknown>): string {
    const token = `keepinput${values.size}x`;
    values.set(token, value);
    return token;
}

/** Returns a number that represents the value of an Output. */
export function numberToken(value: pulumi.Output<unknown>): number {
    const token = FIRST_NUMBER + values.size;
    values.set(String(token), value);
    return token;
}

/** Whether a value of a configuration is a token. */
export function isToken(value: unknown): boolean {
    return (typeof value === "string" || typeof value === "number") && values.has(String(value));
}

/** A token in a configuration. */
interface LaterValue {
    readonly path: readonly string[];
    readonly token: string;
}

/** The tokens in a configuration, with their paths. */
export function laterValues(config: unknown, path: readonly string[] = []): LaterValue[] {
    if (isToken(config)) {
        return [{ path, token: String(config) }];
    }
    if (values.size === 0 || typeof config !== "object" || config === null || isLater(config)) {
        return [];
    }
    // Skips getters, which are invalid settings.
    return Object.keys(config).flatMap((key) =>
        laterValues(Object.getOwnPropertyDescriptor(config, key)?.value, [...path, key]),
    );
}

/** Sets the value of each token of a configuration to that in `known`, the same configuration with known values. */
export function settleInputs(config: unknown, known: Promise<unknown>): void {
    for (const { path, token } of laterValues(config)) {
        const settled = values.get(token)?.apply(async () => valueAt(await known, path));
        if (settled !== undefined) {
            values.set(token, settled);
        }
    }
}

/** The value at a path of a configuration; undefined if there is none. */
export function valueAt(config: unknown, path: readonly string[]): unknown {
    return path.reduce((inner, step) => (inner as Readonly<Record<string, unknown>> | undefined)?.[step], config);
}

/** Computes a value from settings; the result is an Output if a setting is a token. */
export function computed<T, R>(settings: T, compute: (known: T) => R): R | pulumi.Output<R> {
    if (!hasLater(settings)) {
        return compute(settings);
    }
    const known = later(resolveInputs(settings));
    return known.apply<R>((values) => compute(values as T));
}

/** Computes a text from settings; the result is a token if a setting is a token. */
export function computedText<T>(settings: T, compute: (known: T) => string): string {
    const text = computed(settings, compute);
    return typeof text === "string" ? text : textToken(text);
}

/** Computes a number from settings; the result is a token if a setting is a token. */
export function computedNumber<T>(settings: T, compute: (known: T) => number): number {
    const number = computed(settings, compute);
    return typeof number === "number" ? number : numberToken(number);
}

/** Fields that all Outputs have, but that the SDK's types do not declare (output.js of `@pulumi/pulumi`). */
interface Settled {
    readonly isKnown: Promise<boolean>;
    readonly isSecret: Promise<boolean>;
    readonly promise: () => Promise<unknown>;
}

/** Value of an Output, without its secret mark; undefined if a preview does not know it. */
export async function settledValue(
    later: pulumi.Output<unknown> | Promise<unknown>,
): Promise<{ readonly value: unknown } | undefined> {
    const { isKnown, promise } = settled(later);
    return (await isKnown) ? { value: await promise() } : undefined;
}

/** Whether an Output is marked as a secret, also if a preview does not know its value. */
export async function isSecret(later: pulumi.Output<unknown> | Promise<unknown>): Promise<boolean> {
    return settled(later).isSecret;
}

function settled(later: pulumi.Output<unknown> | Promise<unknown>): Settled {
    return pulumi.output(later);
}

/** Whether settings, or texts that were computed from them, contain tokens. */
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

/** Replaces the tokens in the properties of a resource by their values, also inside Outputs. */
export function resolveInputs<T>(properties: T): T {
    return resolved(properties) as T;
}

function resolved(value: unknown): unknown {
    if (typeof value === "string" || typeof value === "number") {
        return withValues(value);
    }
    if (value instanceof Promise) {
        // Not an Output, which would be unknown as a whole if one item of a list is unknown.
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
    const output = values.get(String(value));
    if (output !== undefined) {
        return typeof value === "number" ? output : output.apply(String);
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
