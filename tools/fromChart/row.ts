import type { SecretKeyName } from "../../components/secrets/settings";

/** A change of the stack file for a value of the chart. */
export type Change =
    /**
     * A setting, by its path without `keep:`. Lists are joined, objects are merged. `from` is the path in the chart's
     * values.
     */
    | { readonly set: string; readonly value: unknown; readonly from?: string | undefined }
    /** A secret key: its value, or the key of an existing Secret with the value. */
    | { readonly secret: SecretKeyName; readonly value: string | SecretReference; readonly from?: string | undefined }
    /** A secret key that another setting replaces. */
    | { readonly unset: SecretKeyName; readonly because: string }
    /** A secret environment variable of a tier, in `keep:secretEnv`. */
    | {
          readonly secretEnv: readonly [tier: string, name: string];
          readonly value: string;
          readonly from?: string | undefined;
      }
    /** A note for the user. */
    | { readonly note: string }
    /** A value without a counterpart. */
    | Left
    /** No change: the stack's default is the same. */
    | { readonly same: true };

/** A value of the chart without a counterpart, and the reason. */
export interface Left {
    readonly value: string;
    readonly because: string;
}

/** Values of the chart, as in `helm --values`. */
export type ChartValues = Readonly<Record<string, unknown>>;

/** A key of an existing Secret. */
export interface SecretReference {
    readonly name: string;
    readonly key: string;
}

/** A key of a Secret or ConfigMap, or a field of the pod, in the format of the stack file. */
export type Reference =
    { readonly secret: SecretReference } | { readonly configMap: SecretReference } | { readonly field: string };

/** A value of the chart, or a subtree of values, and its counterpart. */
export interface Row {
    /** Path in the chart's values.yaml. It includes all values below it. */
    readonly value: string;
    /** Key of the stack file, with a remark in parentheses. Undefined: no counterpart, for the reason in `because`. */
    readonly key?: string;
    readonly because?: string;
    /** A typical value, for the tests of all rows. */
    readonly example: unknown;
    /** The chart's default, if it differs from the stack's and must be kept. */
    readonly initially?: unknown;
    /** First and last version of the chart with the value; undefined: all versions. */
    readonly since?: string;
    readonly until?: string;
    readonly changes: (value: unknown, values: ChartValues) => readonly Change[];
}

/** No change. */
export const SAME: readonly Change[] = [{ same: true }];

/** A row of a value with the same meaning under another name. */
export function moved(value: string, key: string, example: unknown): Row {
    return {
        value,
        key: `keep:${key}`,
        example,
        changes: (given) => (isEmpty(given) ? SAME : [{ set: key, value: given, from: value }]),
    };
}

/** A row of a value that is converted. */
export function converted(
    value: string,
    key: string,
    example: unknown,
    changes: Row["changes"],
    initially?: unknown,
): Row {
    return { value, key, example, changes, ...(initially === undefined ? {} : { initially }) };
}

/** A row of a value without a counterpart; the reason is a complete sentence. */
export function dropped(value: string, because: string, example: unknown = "anything"): Row {
    return {
        value,
        because,
        example,
        changes: (given) => (isEmpty(given) ? SAME : [{ value, because }]),
    };
}

/** Rows of values that only these versions of the chart have. */
export function inVersions(
    versions: { readonly since?: string; readonly until?: string },
    rows: readonly Row[],
): Row[] {
    return rows.map((row) => ({ ...row, ...versions }));
}

/** Fields of an object that the chart's templates do not read. */
export function unread(path: string, value: unknown, read: readonly string[]): Left[] {
    return Object.keys(isRecord(value) ? value : {})
        .filter((field) => !read.includes(field))
        .map((field) => ({ value: `${path}.${field}`, because: "The chart does not read it." }));
}

/** The value at a path; undefined if there is none. */
export function at(values: unknown, path: string): unknown {
    return path.split(".").reduce<unknown>((inner, step) => own(inner, step), values);
}

/** A copy of the values with another value at a path. */
export function mergedAt(values: ChartValues, [step = "", ...rest]: readonly string[], value: unknown): ChartValues {
    const inner = own(values, step);
    return { ...values, [step]: rest.length === 0 ? value : mergedAt(isRecord(inner) ? inner : {}, rest, value) };
}

/** An own property of an object; undefined if there is none. */
export function own(value: unknown, field: string): unknown {
    return isRecord(value) && Object.hasOwn(value, field) ? value[field] : undefined;
}

/** Whether something is a map of names to values. */
export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether Helm's `if` treats a value as empty. */
export function isEmpty(value: unknown): boolean {
    return (
        value === undefined ||
        value === null ||
        value === "" ||
        (Array.isArray(value) && value.length === 0) ||
        (isRecord(value) && Object.keys(value).length === 0)
    );
}

/** The list, or an empty list for any other value. */
export function list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A string or number as text; undefined for an empty string or any other value. */
export function text(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
}
