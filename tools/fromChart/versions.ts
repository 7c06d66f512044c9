import { stackSchema } from "../../components/settings/schema";
import { at, type Change, type ChartValues, isEmpty, type Row } from "./row";

/** Default version of Keep by version of the chart (charts/keep/Chart.yaml, appVersion). */
const APP_VERSIONS: Readonly<Record<string, string>> = {
    "0.1.88": "0.43.4",
    "0.1.89": "0.43.12",
    "0.1.90": "0.44.13",
    "0.1.91": "0.45.2",
    "0.1.92": "0.45.4",
    "0.1.93": "0.45.4",
    "0.1.97": "0.52.1",
};

/** Supported versions of the chart, in ascending order. */
export const CHART_VERSIONS: readonly string[] = Object.keys(APP_VERSIONS);

/** Whether a version of the chart has a value; true if the version is unknown. */
export function isInVersion({ since, until }: Pick<Row, "since" | "until">, chartVersion: string | undefined): boolean {
    return (
        chartVersion === undefined ||
        ((since === undefined || compare(chartVersion, since) >= 0) &&
            (until === undefined || compare(chartVersion, until) <= 0))
    );
}

/** A note about the change of Keep's version, if the values do not set it. */
export function versionNote(values: ChartValues, chartVersion: string | undefined): Change[] {
    if (!["backend", "frontend"].every((tier) => isEmpty(at(values, `${tier}.image.tag`)))) {
        return [];
    }
    const ours = stackSchema.shape.version.parse(undefined);
    const known = chartVersion === undefined ? undefined : APP_VERSIONS[chartVersion];
    if (known === ours) {
        return [];
    }
    const theirs =
        known === undefined
            ? "the version that helm list shows as APP VERSION (0.45.4 with chart 0.1.93, 0.52.1 with 0.1.97)"
            : `Keep ${known}`;
    return [
        {
            note:
                `keep:version: the values set no backend.image.tag, so the chart runs ${theirs}. The stack file runs Keep ${ours}, ` +
                "whose migrations cannot be undone: make a backup first, or set keep:version.",
        },
    ];
}

function compare(a: string, b: string): number {
    return a.localeCompare(b, "en", { numeric: true });
}
