import { at, type ChartValues, isEmpty, isRecord, type Left, mergedAt, type Row } from "./row";
import { rows } from "./rows";

/** Values without those of another type than the chart's, and the latter. */
interface Typed {
    readonly values: ChartValues;
    readonly left: readonly Left[];
}

/**
 * Takes out values of which the chart's templates can read nothing, such as text in place of a list. An empty value
 * means none in each type.
 */
export function withoutWrongTypes(given: ChartValues): Typed {
    return rows.reduce<Typed>(
        ({ values, left }, row) => {
            const value = at(given, row.value);
            if (isEmpty(value) || !isWrong(row, value)) {
                return { values, left };
            }
            const because = `It is ${typeOf(value)}, but the chart reads ${typeOf(row.example)}.`;
            return {
                values: mergedAt(values, row.value.split("."), undefined),
                left: [...left, { value: row.value, because }],
            };
        },
        { values: given, left: [] },
    );
}

/** A value without a counterpart is named in any type. */
function isWrong({ because, example }: Row, value: unknown): boolean {
    return because === undefined && typeOf(value) !== typeOf(example);
}

/** Text, numbers and booleans are one type, because templates print them alike. */
function typeOf(value: unknown): string {
    return Array.isArray(value) ? "a list" : isRecord(value) ? "an object" : "a single value";
}
