import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";
import { z } from "zod";

import { isRecord } from "../../tools/fromChart/row";
import { rows } from "../../tools/fromChart/rows";
import { isInVersion } from "../../tools/fromChart/versions";
import { contextOf, valuesWith } from "../support/chartValues";
import { type Facts, factsOf } from "./facts";
import { helmTemplate, manifestsIn } from "./helm";
import { valueSets } from "./valueSets";

const recording = z.object({
    /** Version of the chart. */
    version: z.string(),
    /** Path of every value in its values.yaml. */
    values: z.array(z.string()),
    /** Values that we map, and that change nothing in what the chart makes. */
    unread: z.array(z.string()),
    /** What the chart makes of our value sets. */
    sets: z.record(z.string(), z.record(z.string(), z.string())),
});

/** What the chart is like, as far as the comparison needs to know it: facts of our own finding, none of its text. */
export type Recording = z.infer<typeof recording>;

/** Where the recording is kept. */
export const RECORDING = join(__dirname, "recorded.json");

/** The recording that is kept. */
export function readRecording(): Recording {
    return recording.parse(JSON.parse(readFileSync(RECORDING, "utf8")));
}

/** Records a chart by rendering it: once for each value set, and twice for each value that we map. */
export function recordChart(chart: string): Recording {
    const read = (file: string): unknown => parse(readFileSync(join(chart, file), "utf8"));
    const sets = Object.entries(valueSets).map(([name, values]): [string, Facts] => [
        name,
        factsOf(manifestsIn(helmTemplate(chart, values))),
    ]);
    const { version } = z.object({ version: z.string() }).parse(read("Chart.yaml"));
    return {
        version,
        values: pathsOf(read("values.yaml"), ""),
        unread: rows
            .filter((row) => row.key !== undefined && isInVersion(row, version))
            .filter((row) => {
                const context = contextOf(row);
                const changed = valuesWith(row.value, row.example, context);
                return helmTemplate(chart, context) === helmTemplate(chart, changed);
            })
            .map(({ value }) => value),
        sets: Object.fromEntries(sets),
    };
}

/** Paths of all values that are not themselves groups of values. */
function pathsOf(value: unknown, path: string): string[] {
    return isRecord(value) && Object.keys(value).length > 0
        ? Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, path === "" ? key : `${path}.${key}`))
        : [path];
}
