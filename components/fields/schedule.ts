import * as z from "zod";

import { TIME_ZONE_ALIASES } from "./timeZones";

interface Field {
    readonly least: number;
    readonly most: number;
    /** Names of the values from `least`. */
    readonly names?: readonly string[];
}

/**
 * Minute, hour, day of the month, month and day of the week, in the syntax of the API server (robfig/cron, spec.go and
 * parser.go).
 */
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
/** `*`, a value or a range, each with an optional step of at most nine digits, which fits an int of Go. */
const PART = /^(?:[*?]|(\w+)(?:-(\w+))?)(?:\/0*([1-9]\d{0,8}))?$/;
/** Maximum number of days of each month. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Five fields of a CronJob's schedule, or one of its short forms
 * (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/).
 */
export const schedule = z
    .string()
    .refine((text) => isSchedule(text) || !isSchedule(withoutSeven(text)), {
        error: "has day 7 of the week, which Kubernetes does not know. Write 0 for Sunday",
        abort: true,
    })
    .refine(isSchedule, {
        error: 'is not a cron schedule. Write five fields, such as "30 3 * * *" for 03:30 each day',
        abort: true,
    })
    .refine(hasDate, {
        error: "never runs, because none of its months has this day. Use another day or month",
        abort: true,
    })
    .refine((text) => !isMinuteForgotten(text), {
        error: 'runs every minute of these hours or days. Write a minute, such as the 0 in "0 3 * * *"',
    });

/** Time zone of a schedule. */
export const timeZone = z
    .string()
    .refine(isTimeZone, { error: "is not a time zone. Use a name of the IANA database, such as Europe/Berlin" })
    .default("Etc/UTC")
    .describe("time zone of the schedule");

function isSchedule(text: string): boolean {
    const values = fieldValues(text);
    return SHORT_FORM.test(text) || (values.length === FIELDS.length && !values.includes(undefined));
}

/** The schedule without day 7 of the week, by which other crons also call Sunday. */
function withoutSeven(text: string): string {
    return text.replace(/\S+$/, (days) => days.replace(/(?<=^|[,-])7(?=[,-]|$)/g, "6"));
}

/**
 * Whether the schedule ever runs: one of the months has one of the days, or days of the week are restricted, which
 * exist in all months.
 */
function hasDate(text: string): boolean {
    const [, , days = [], months = [], weekdays = []] = fieldValues(text);
    return (
        SHORT_FORM.test(text) ||
        weekdays.length < 7 ||
        months.some((month) => days.some((day) => day <= (DAYS[month - 1] ?? 0)))
    );
}

/**
 * Whether a schedule with a restricted hour, day, month or weekday runs every minute, as `* 3 * * *` of somebody who
 * means 03:00 does. The newest `count` backups would be those of the last minutes.
 */
function isMinuteForgotten(text: string): boolean {
    const [isEachMinute, ...others] = fieldValues(text).map((values, index) => {
        const { least = 0, most = 0 } = FIELDS[index] ?? {};
        return new Set(values).size === most - least + 1;
    });
    return isEachMinute === true && others.includes(false);
}

/** The values of each field of a schedule; undefined for an invalid field. */
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
        // A value with a step means a range from the value to the maximum.
        const to = last !== undefined ? numberOf(last) : first === undefined || part.includes("/") ? most : from;
        return most < to
            ? []
            : all.filter((value) => from <= value && value <= to && (value - from) % Number(step) === 0);
    });
    return parts.some((values) => values.length === 0) ? undefined : parts.flat();
}

/** Whether Kubernetes accepts a time zone. Unlike Intl, it is case-sensitive and rejects offsets such as +01:00. */
function isTimeZone(name: string): boolean {
    try {
        const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
        return (timeZone === name && !/^([-+]|SystemV\/)/.test(name)) || TIME_ZONE_ALIASES.has(name);
    } catch {
        return false;
    }
}
