import { type ChartValues, isEmpty, isRecord, mergedAt, own } from "./row";
import { rows } from "./rows";

/**
 * The values as the chart's templates read them. With null, Helm deletes the chart's default
 * (https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key), and an empty value is false in `if`. The null
 * of a row, or of an object above it, is kept, because its default does not apply. A switch is then off. In maps, null is no entry.
 */
export function withoutDefaultsOfNull(given: ChartValues): ChartValues {
    return rows.reduce<ChartValues>((values, { value: path, example }) => {
        const steps = path.split(".");
        const value = valueAt(given, steps);
        const isOff = typeof example === "boolean" && value !== undefined && (isEmpty(value) || value === 0);
        return isOff || value === null ? mergedAt(values, steps, isOff ? false : null) : values;
    }, withoutNulls(given));
}

/** The value at a path: null if it, or an object above it, is null. */
function valueAt(values: unknown, steps: readonly string[]): unknown {
    return steps.reduce<unknown>((inner, step) => (inner === null ? null : own(inner, step)), values);
}

function withoutNulls(values: ChartValues): ChartValues {
    return Object.fromEntries(
        Object.entries(values)
            .filter(([, value]) => value !== null)
            .map(([key, value]) => [key, isRecord(value) ? withoutNulls(value) : value]),
    );
}
