import type { SecretKeyName } from "../../components/secrets/settings";
import { type Adoption, adoptionChanges, adoptionSteps } from "./adoption";
import { at, type Change, type ChartValues, isEmpty, isRecord, type Row } from "./row";
import { rowOf, rows } from "./rows";
import { workable } from "./workable";

/** A value of the chart that has no place in the stack file, and why. */
export interface Left {
    readonly value: string;
    readonly because: string;
}

/** A stack file made from values of the chart. */
export interface Converted {
    /** Settings, without the `keep:`. */
    readonly settings: Readonly<Record<string, unknown>>;
    readonly secrets: Readonly<Partial<Record<SecretKeyName, string>>>;
    /** What the reader has to do or to know. */
    readonly notes: readonly string[];
    readonly left: readonly Left[];
    /** Commands of the move from a running release; none for a new Keep. */
    readonly steps: readonly string[];
}

/**
 * The stack file that does what the chart does with these values. Every value given is in it, in a note, or among those left.
 * @param adoption A running release to go on with, instead of a new Keep.
 */
export function convert(values: ChartValues, adoption?: Adoption): Converted {
    const whole = withDefaults(values);
    const changes = [
        ...rows.flatMap((row) => changesOf(row, values, whole)),
        ...(adoption === undefined ? [] : adoptionChanges(values, adoption)),
    ];
    // The address first, for the reader of the file.
    const settings: Record<string, unknown> = { publicUrl: undefined };
    const secrets: Partial<Record<SecretKeyName, string>> = {};
    const secretEnv: Record<string, Record<string, string>> = {};
    const notes: string[] = [];
    for (const change of changes) {
        if ("set" in change) {
            assign(settings, change.set.split("."), change.value);
        } else if ("secret" in change) {
            secrets[change.secret] = change.value;
        } else if ("secretEnv" in change) {
            const [tier, name] = change.secretEnv;
            secretEnv[tier] = { ...secretEnv[tier], [name]: change.value };
        } else {
            notes.push(change.note);
        }
    }
    if (Object.keys(secretEnv).length > 0) {
        secrets.secretEnv = JSON.stringify(secretEnv);
    }
    const { settings: working, notes: more } = workable(settings);
    return {
        settings: working,
        secrets,
        notes: [...new Set([...notes, ...more])],
        left: leftOver(values),
        steps: adoption === undefined ? [] : adoptionSteps(values, adoption),
    };
}

function changesOf(row: Row, values: ChartValues, whole: ChartValues): readonly Change[] {
    const given = at(values, row.value) ?? row.initially;
    return given === undefined ? [] : row.changes(given, whole);
}

/** The values with the chart's defaults where they matter to a decision. */
function withDefaults(values: ChartValues): ChartValues {
    const whole = structuredClone(values) as Record<string, unknown>;
    for (const { value, initially } of rows) {
        if (initially !== undefined && at(values, value) === undefined) {
            assign(whole, value.split("."), initially);
        }
    }
    return whole;
}

/** Objects are merged, lists joined without repetition, anything else replaced. */
function assign(target: Record<string, unknown>, [step = "", ...rest]: readonly string[], value: unknown): void {
    const before = target[step];
    if (rest.length > 0) {
        const inner = isRecord(before) ? before : {};
        target[step] = inner;
        assign(inner, rest, value);
    } else if (isRecord(before) && isRecord(value)) {
        target[step] = { ...before, ...value };
    } else if (Array.isArray(before) && Array.isArray(value)) {
        target[step] = [...new Set([...(before as unknown[]), ...(value as unknown[])])];
    } else {
        target[step] = value;
    }
}

function leftOver(values: ChartValues): Left[] {
    return paths(values, "").flatMap((path): Left[] => {
        const row = rowOf(path);
        if (row === undefined) {
            return [{ value: path, because: "The chart has no such value." }];
        }
        return row.because === undefined || isEmpty(at(values, path)) ? [] : [{ value: path, because: row.because }];
    });
}

/** Paths of what is given, down to the rows that speak of it. */
function paths(value: unknown, path: string): string[] {
    if (!isRecord(value) || rows.some((row) => row.value === path)) {
        return path === "" ? [] : [path];
    }
    return Object.entries(value).flatMap(([key, inner]) => paths(inner, path === "" ? key : `${path}.${key}`));
}
