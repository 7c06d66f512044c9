import type { SecretKeyName } from "../../components/secrets/settings";

/** What a value of the chart becomes in a stack file. */
export type Change =
    /** A setting, by its path without `keep:`; arrays are joined, objects merged. `from` names what it was made of. */
    | { readonly set: string; readonly value: unknown; readonly from?: string | undefined }
    /** A secret key: its value, or the key of an existing Secret that has it and that the user must read it from. */
    | { readonly secret: SecretKeyName; readonly value: string | SecretReference; readonly from?: string | undefined }
    /** A secret environment variable of a tier, in `keep:secretEnv`. */
    | {
          readonly secretEnv: readonly [tier: string, name: string];
          readonly value: string;
          readonly from?: string | undefined;
      }
    /** Something the reader has to do or to know. */
    | { readonly note: string }
    /** A value that nothing takes the place of, with a reason that holds for these values. */
    | Left
    /** The value is what a stack does without a setting. */
    | { readonly same: true };

/** A value of the chart that has no place in the stack file, and why. */
export interface Left {
    readonly value: string;
    readonly because: string;
}

/** Values of the chart, as `helm` takes them. */
export type ChartValues = Readonly<Record<string, unknown>>;

/** A key of an existing Secret. */
export interface SecretReference {
    readonly name: string;
    readonly key: string;
}

/** A key of a Secret or ConfigMap, or a field of the pod, in the words of our stack file. */
export type Reference =
    { readonly secret: SecretReference } | { readonly configMap: SecretReference } | { readonly field: string };

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
    /** First and last version of the chart that has the value; undefined: all versions do. */
    readonly since?: string;
    readonly until?: string;
    readonly changes: (value: unknown, values: ChartValues) => readonly Change[];
}

/** The value changes nothing. */
export const SAME: readonly Change[] = [{ same: true }];

/** A value that means the same under another name. */
export function moved(value: string, key: string, example: unknown): Row {
    return {
        value,
        key: `keep:${key}`,
        example,
        changes: (given) => (isEmpty(given) ? SAME : [{ set: key, value: given, from: value }]),
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
    return {
        value,
        because,
        example,
        changes: (given) => (isEmpty(given) ? SAME : [{ value, because }]),
    };
}

/** Rows that only these versions of the chart have. */
export function inVersions(
    versions: { readonly since?: string; readonly until?: string },
    rows: readonly Row[],
): Row[] {
    return rows.map((row) => ({ ...row, ...versions }));
}

/** Fields of an object that the chart's templates do not read, each as a value that is left. */
export function unread(path: string, value: unknown, read: readonly string[]): Left[] {
    return Object.keys(isRecord(value) ? value : {})
        .filter((field) => !read.includes(field))
        .map((field) => ({ value: `${path}.${field}`, because: "The chart does not read it." }));
}

/** The value at a path; undefined where there is none. Keys may themselves hold dots only at the end of a path. */
export function at(values: unknown, path: string): unknown {
    return path.split(".").reduce<unknown>((inner, step) => own(inner, step), values);
}

/** The values with another at a path. */
export function mergedAt(values: ChartValues, [step = "", ...rest]: readonly string[], value: unknown): ChartValues {
    const inner = own(values, step);
    return { ...values, [step]: rest.length === 0 ? value : mergedAt(isRecord(inner) ? inner : {}, rest, value) };
}

/** A field of an object; undefined where it has none of its own. */
export function own(value: unknown, field: string): unknown {
    return isRecord(value) && Object.hasOwn(value, field) ? value[field] : undefined;
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
