import type { SecretKeyName } from "../../components/secrets/settings";
import { accept } from "./accepted";
import { type Adoption, adoptionChanges, adoptionSteps } from "./adoption";
import { Draft } from "./draft";
import {
    at,
    type Change,
    type ChartValues,
    isEmpty,
    isRecord,
    type Left,
    mergedAt,
    type Row,
    type SecretReference,
} from "./row";
import { rowOf, rows } from "./rows";
import { isInVersion, versionNote } from "./versions";
import { workable } from "./workable";

/** A stack file made from values of the chart. */
export interface Converted {
    /** Settings, without the `keep:`. */
    readonly settings: Readonly<Record<string, unknown>>;
    /** Secrets, each as its value or as the key of an existing Secret to read it from. */
    readonly secrets: Readonly<Partial<Record<SecretKeyName, string | SecretReference>>>;
    /** What the program rejects the stack file for until the user sets it. */
    readonly unfinished: readonly string[];
    /** What the reader has to do or to know. */
    readonly notes: readonly string[];
    readonly left: readonly Left[];
    /** Commands of the move from a running release; none for a new Keep. */
    readonly steps: readonly string[];
}

/** What is known of the release that values are for, beside them. */
export interface Release {
    /** Version of the chart; undefined: any that has the values. */
    readonly chartVersion?: string | undefined;
    /** A running release to go on with, instead of a new Keep. */
    readonly adoption?: Adoption | undefined;
}

/** The stack file that does what the chart does with these values. Every value given is in it, in a note, or among those left. */
export function convert(values: ChartValues, { chartVersion, adoption }: Release = {}): Converted {
    const whole = withDefaults(values);
    const draft = new Draft();
    // The address first, for the reader of the file.
    draft.settings.publicUrl = undefined;
    const read = rows.filter((row) => isInVersion(row, chartVersion));
    const changes = [
        ...read.flatMap((row) => changesOf(row, values, whole)),
        ...leftOver(values, chartVersion),
        ...(adoption === undefined ? [] : adoptionChanges(values, adoption)),
        ...versionNote(values, chartVersion),
    ];
    changes.forEach((change) => {
        draft.apply(change);
    });
    workable(draft, values);
    const unfinished = accept(draft);
    const { settings, secrets, secretEnv, notes, left } = draft;
    return {
        settings,
        secrets: Object.keys(secretEnv).length === 0 ? secrets : { ...secrets, secretEnv: JSON.stringify(secretEnv) },
        unfinished,
        notes,
        left,
        steps: adoption === undefined ? [] : adoptionSteps(values, adoption),
    };
}

function changesOf(row: Row, values: ChartValues, whole: ChartValues): readonly Change[] {
    const given = at(values, row.value);
    if (given === undefined) {
        // The chart's default, of which the user need not hear.
        return row.initially === undefined ? [] : row.changes(row.initially, whole).map(withoutOrigin);
    }
    return row.changes(given, whole);
}

function withoutOrigin(change: Change): Change {
    return "from" in change ? { ...change, from: undefined } : change;
}

/** The values with the chart's defaults where they matter to a decision. */
function withDefaults(values: ChartValues): ChartValues {
    return rows.reduce(
        (whole, { value, initially }) =>
            initially === undefined || at(values, value) !== undefined
                ? whole
                : mergedAt(whole, value.split("."), initially),
        values,
    );
}

/** Values that no row speaks of. */
function leftOver(values: ChartValues, chartVersion: string | undefined): Left[] {
    return paths(values, "").flatMap((path): Left[] => {
        const row = rowOf(path);
        if (row === undefined) {
            return [{ value: path, because: "The chart has no such value." }];
        }
        return isInVersion(row, chartVersion) || isEmpty(at(values, path))
            ? []
            : [{ value: path, because: `Chart ${chartVersion ?? ""} does not have it.` }];
    });
}

/** Paths of what is given, down to the rows that speak of it. */
function paths(value: unknown, path: string): string[] {
    if (!isRecord(value) || rows.some((row) => row.value === path)) {
        return path === "" ? [] : [path];
    }
    return Object.entries(value).flatMap(([key, inner]) => paths(inner, path === "" ? key : `${path}.${key}`));
}
