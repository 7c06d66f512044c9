import * as z from "zod";

import { TIME_ZONE_ALIASES } from "./timeZones";

interface Field {
    readonly least: number;
    readonly most: number;
    /** Names for the numbers from `least` on. */
    readonly names?: readonly string[];
}

/** Minute, hour, day of the month, month and day of the week, as the API server takes them (robfig/cron, spec.go and parser.go). */
const FIELDS: readonly Field[] = [
    { least: 0, most: 59 },
    { least: 0, most: 23 },
    { least: 1, most: 31 },
    {
        least: 1,
        most: 12,
        names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    },
    { least: 0, most: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];
const SHORT_FORM = /^@(hourly|daily|midnight|weekly|monthly|yearly|annually)$/;
/** Everything, a value or a range, each with a step if need be, which an int of Go can hold. */
const PART = /^(?:[*?]|(\w+)(?:-(\w+))?)(?:\/0*([1-9]\d{0,8}))?$/;
/** Days that each month can have. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Five fields of a CronJob's schedule, or one of its short forms (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/). */
export const schedule = z
    .string()
    .refine(isSchedule, {
        error: 'is not a cron schedule. Write five fields, such as "30 3 * * *" for each night at half past three',
        abort: true,
    })
    .refine(hasDate, {
        error: "names a day that none of its months has, so it would never run. Choose another day or month",
    });

/** Time zone of a schedule. */
export const timeZone = z
    .string()
    .refine(isTimeZone, { error: "is not a time zone. Name one of the IANA database, such as Europe/Berlin" })
    .default("Etc/UTC")
    .describe("time zone of the schedule");

function isSchedule(text: string): boolean {
    const values = fieldValues(text);
    return SHORT_FORM.test(text) || (values.length === FIELDS.length && !values.includes(undefined));
}

/** Whether a day of the month exists in one of the months; a day of the week, where it is restricted, comes every week anyway. */
function hasDate(text: string): boolean {
    const [, , days = [], months = [], weekdays = []] = fieldValues(text);
    return (
        SHORT_FORM.test(text) ||
        weekdays.length < 7 ||
        months.some((month) => days.some((day) => day <= (DAYS[month - 1] ?? 0)))
    );
}

/** The values that each field of a schedule names; undefined for a field that is wrong. */
function fieldValues(text: string): (number[] | undefined)[] {
    return text.split(/ +/).map((field, index) => valuesOf(field, FIELDS[index]));
}

function valuesOf(text: string, field: Field | undefined): number[] | undefined {
    if (field === undefined) {
        return undefined;
    }
    const { least, most, names = [] } = field;
    const numberOf = (word: string) => {
        const index = names.indexOf(word.toLowerCase());
        return index >= 0 ? least + index : /^\d+$/.test(word) ? Number(word) : Number.NaN;
    };
    const all = Array.from({ length: most - least + 1 }, (_, index) => least + index);
    const parts = text.split(",").map((part) => {
        const [match, first, last, step = "1"] = PART.exec(part) ?? [];
        if (match === undefined) {
            return [];
        }
        const from = first === undefined ? least : numberOf(first);
        // A single value with a step goes on to the end.
        const to = last !== undefined ? numberOf(last) : first === undefined || part.includes("/") ? most : from;
        return most < to
            ? []
            : all.filter((value) => from <= value && value <= to && (value - from) % Number(step) === 0);
    });
    return parts.some((values) => values.length === 0) ? undefined : parts.flat();
}

/** Kubernetes takes names as they are written in the database, and no offsets such as +01:00; Intl takes both, and ignores case. */
function isTimeZone(name: string): boolean {
    try {
        const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
        return (timeZone === name && !/^[-+]/.test(name)) || TIME_ZONE_ALIASES.has(name);
    } catch {
        return false;
    }
}
