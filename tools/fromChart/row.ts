import type { SecretKeyName } from "../../components/secrets/settings";

/** What a value of the chart becomes in a stack file. */
export type Change =
    /** A setting, by its path without `keep:`; arrays are joined, objects merged. */
    | { readonly set: string; readonly value: unknown }
    /** A secret key. */
    | { readonly secret: SecretKeyName; readonly value: string }
    /** A secret environment variable of a tier, in `keep:secretEnv`. */
    | { readonly secretEnv: readonly [tier: string, name: string]; readonly value: string }
    /** Something the reader has to do or to know. */
    | { readonly note: string };

/** Values of the chart, as `helm` takes them. */
export type ChartValues = Readonly<Record<string, unknown>>;

/** A key of a Secret or ConfigMap, in the words of our stack file. */
export type Reference =
    | { readonly secret: { readonly name: string; readonly key: string } }
    | { readonly configMap: { readonly name: string; readonly key: string } };

/** One value of the chart, or a subtree of values, and what takes its place. */
export interface Row {
    /** Path in the chart's values.yaml; stands for all that is below it. */
    readonly value: string;
    /** Our key, as the reader types it. Undefined: nothing takes its place, for the reason in `because`. */
    readonly key?: string;
    readonly because?: string;
    /** A value as a user of the chart would write it: for tests, which walk all rows. */
    readonly example: unknown;
    /** The chart's default, where ours differs and a user of the chart relies on it. */
    readonly initially?: unknown;
    readonly changes: (value: unknown, values: ChartValues) => readonly Change[];
}

/** A value that means the same under another name. */
export function moved(value: string, key: string, example: unknown): Row {
    return {
        value,
        key: `keep:${key}`,
        example,
        changes: (given) => (isEmpty(given) ? [] : [{ set: key, value: given }]),
    };
}

/** A value that becomes something else. */
export function converted(
    value: string,
    key: string,
    example: unknown,
    changes: Row["changes"],
    initially?: unknown,
): Row {
    return { value, key, example, changes, ...(initially === undefined ? {} : { initially }) };
}

/** A value that nothing takes the place of; the reason as a whole sentence. */
export function dropped(value: string, because: string, example: unknown = "anything"): Row {
    return { value, because, example, changes: () => [] };
}

/** The value at a path; undefined where there is none. Keys may themselves hold dots only at the end of a path. */
export function at(values: unknown, path: string): unknown {
    return path.split(".").reduce<unknown>((inner, step) => (isRecord(inner) ? inner[step] : undefined), values);
}

/** Whether something is a map of names to values. */
export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What helm's `if` takes for nothing. */
export function isEmpty(value: unknown): boolean {
    return (
        value === undefined ||
        value === null ||
        value === "" ||
        (Array.isArray(value) && value.length === 0) ||
        (isRecord(value) && Object.keys(value).length === 0)
    );
}

/** A list; anything else is an empty one. */
export function list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? (value as unknown[]) : [];
}

/** Text of a field; undefined when it is empty or no text. */
export function text(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
}
