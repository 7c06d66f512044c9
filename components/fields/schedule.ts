import * as z from "zod";

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
/** Everything, a value or a range, each with a step if need be. */
const PART = /^(?:[*?]|(\w+)(?:-(\w+))?)(?:\/0*[1-9]\d*)?$/;

/** Five fields of a CronJob's schedule, or one of its short forms (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/). */
export const schedule = z.string().refine(isSchedule, {
    error: 'is not a cron schedule. Write five fields, such as "30 3 * * *" for each night at half past three',
});

/** Time zone of a schedule. */
export const timeZone = z
    .string()
    .refine(isTimeZone, { error: "is not a time zone. Name one of the IANA database, such as Europe/Berlin" })
    .default("Etc/UTC")
    .describe("time zone of the schedule");

function isSchedule(text: string): boolean {
    const texts = text.split(/ +/);
    return (
        SHORT_FORM.test(text) ||
        (texts.length === FIELDS.length && FIELDS.every((field, index) => isField(field, texts[index] ?? "")))
    );
}

function isField({ least, most, names = [] }: Field, text: string): boolean {
    const numberOf = (word: string) => {
        const index = names.indexOf(word.toLowerCase());
        return index >= 0 ? least + index : /^\d+$/.test(word) ? Number(word) : Number.NaN;
    };
    return text.split(",").every((part) => {
        const [match, first, last = first] = PART.exec(part) ?? [];
        if (match === undefined || first === undefined || last === undefined) {
            return match !== undefined;
        }
        return least <= numberOf(first) && numberOf(first) <= numberOf(last) && numberOf(last) <= most;
    });
}

function isTimeZone(name: string): boolean {
    try {
        // Some engines take offsets such as +01:00 as well, which Kubernetes does not.
        return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }).format() !== "";
    } catch {
        return false;
    }
}
