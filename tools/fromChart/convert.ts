import type { SecretKeyName } from "../../components/secrets/settings";
import { accept } from "./accepted";
import { type Adoption, adoptionChanges, adoptionSteps } from "./adoption";
import { databaseUrl } from "./databaseUrl";
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
import { withoutDefaultsOfNull } from "./nulls";
import { rowOf, rows } from "./rows";
import { asNumber } from "./setting";
import { withoutWrongTypes } from "./types";
import { isInVersion, versionNote } from "./versions";
import { workable } from "./workable";

/** The stack file for values of the chart. */
export interface Converted {
    /** Settings, without `keep:`. */
    readonly settings: Readonly<Record<string, unknown>>;
    /** Secrets: values, or keys of existing Secrets. */
    readonly secrets: Readonly<Partial<Record<SecretKeyName, string | SecretReference>>>;
    /** Errors of the stack file that the user must fix. */
    readonly unfinished: readonly string[];
    /** Notes for the user. */
    readonly notes: readonly string[];
    readonly left: readonly Left[];
    /** Commands that migrate a running release; empty for a new installation. */
    readonly steps: readonly string[];
}

/** The release of the values. */
export interface Release {
    /** Version of the chart; undefined: any version that has the values. */
    readonly chartVersion?: string | undefined;
    /** A running release whose data the stack adopts; undefined: a new installation. */
    readonly adoption?: Adoption | undefined;
}

/** Converts values of the chart. Each value results in a setting, a secret or a note, or is in `left`. */
export function convert(given: ChartValues, { chartVersion, adoption }: Release = {}): Converted {
    const { values, left: mistaken } = withoutWrongTypes(withoutDefaultsOfNull(given));
    const complete = withDefaults(adoption === undefined ? values : { ...values, namespace: adoption.namespace });
    const { doubt } = databaseUrl(complete);
    const draft = new Draft();
    // Makes publicUrl the first key of the file.
    draft.settings.publicUrl = undefined;
    const read = rows.filter((row) => isInVersion(row, chartVersion));
    const changes = [
        ...mistaken,
        ...read.flatMap((row) => changesOf(row, values, complete)),
        ...leftOver(values, chartVersion),
        ...(adoption === undefined ? [] : adoptionChanges(complete, adoption)),
        ...(doubt === undefined ? [] : [{ note: doubt }]),
        ...versionNote(values, chartVersion),
    ];
    changes.forEach((change) => {
        draft.apply("set" in change ? { ...change, value: asNumber(change.set, change.value) } : change);
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
        steps: adoption === undefined ? [] : adoptionSteps(complete, adoption),
    };
}

function changesOf(row: Row, values: ChartValues, complete: ChartValues): readonly Change[] {
    const given = at(values, row.value);
    if (given === undefined) {
        // Not reported, because the user did not set the chart's default.
        return row.initially === undefined ? [] : row.changes(row.initially, complete).map(withoutOrigin);
    }
    return row.changes(given, complete);
}

function withoutOrigin(change: Change): Change {
    return "from" in change ? { ...change, from: undefined } : change;
}

/** The values with those defaults of the chart that the conversion needs. */
function withDefaults(values: ChartValues): ChartValues {
    return rows.reduce(
        (complete, { value, initially }) =>
            initially === undefined || at(values, value) !== undefined
                ? complete
                : mergedAt(complete, value.split("."), initially),
        values,
    );
}

/** Values without a row in this version of the chart. */
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

/** Paths of the given values, no deeper than those of the rows. */
function paths(value: unknown, path: string): string[] {
    if (!isRecord(value) || rows.some((row) => row.value === path)) {
        return path === "" ? [] : [path];
    }
    return Object.entries(value).flatMap(([key, inner]) => paths(inner, path === "" ? key : `${path}.${key}`));
}
