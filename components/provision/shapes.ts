import * as z from "zod";

import { INT32_MAX } from "../fields/vocabulary";
import { anyText, file, flag, must, notPython, oneOf, priority, text, texts } from "./fields";

const stepLike = z.looseObject(
    {
        name: text(Infinity),
        provider: z.looseObject({ type: text(Infinity) }, must("an object, such as {type: console}")),
    },
    { error: "must be an object" },
);
const listOf = <T extends z.ZodType>(item: T) => z.array(item, must("a list")).optional();

/** Seconds of an interval as Keep reads it (keep/parser/parser.py, parse_interval); it skips a workflow with another one. */
function secondsOf(interval: unknown): number {
    const [, digits, unit = ""] = /^(\d+)([mhd]?)$/.exec(String(interval)) ?? [];
    return digits === undefined ? NaN : Number(digits) * ({ m: 60, h: 3600, d: 86_400 }[unit] ?? 1);
}

const interval = z
    .union([z.string(), z.number()], must("seconds, or a text such as 10m, 2h or 1d"))
    .refine((value) => secondsOf(value) <= INT32_MAX, { error: "must be seconds, or a text such as 10m, 2h or 1d" });

/**
 * Fields of a trigger that Keep reads by its type. Of another form, they would end all workflows for each alert or incident
 * (keep/workflowmanager/workflowmanager.py).
 */
const TRIGGERS = new Map<string, z.ZodObject>([
    ["interval", z.looseObject({ value: interval })],
    ["manual", z.looseObject({})],
    ["alert", z.looseObject({ cel: anyText().nullish() })],
    ["incident", z.looseObject({ events: listOf(text(Infinity)) })],
]);

/** A trigger. Keep ignores those of other types. */
const trigger = z
    .looseObject({ type: oneOf([...TRIGGERS.keys()]) }, { error: "must be an object" })
    .check(({ value, issues }) => {
        const { error } = TRIGGERS.get(value.type)?.safeParse(value) ?? {};
        issues.push(
            ...(error?.issues ?? []).map(({ message, path }) => ({
                code: "custom" as const,
                message,
                path,
                input: value,
            })),
        );
    });

/** A workflow as Keep reads it (keep/parser/parser.py, keep/workflowmanager/workflowstore.py). Fields that it knows beside these pass. */
const workflow = z
    .looseObject(
        {
            id: text(Infinity),
            name: text(Infinity).optional(),
            description: anyText().nullish(),
            // Keep takes every other value for false.
            disabled: z.union([flag, z.enum(["true", "false"])], must("true or false")).optional(),
            interval: interval.optional(),
            triggers: listOf(trigger),
            steps: listOf(stepLike),
            // An action may be one of the file's own, which it names by `use`.
            actions: listOf(z.union([stepLike, z.looseObject({ use: text(Infinity) })])),
            "on-failure": z.looseObject({}, must("an object")).nullish(),
        },
        must("an object"),
    )
    .refine(({ steps, actions }) => (steps ?? []).length + (actions ?? []).length > 0, {
        error: "must have steps or actions",
    });

/** A file of a workflow; `alert` is what its key was once called, which Keep reads if there is no `workflow`. */
export const workflowFile = z
    .record(z.string(), z.unknown(), { error: "must be an object" })
    .refine((content) => Object.hasOwn(content, "workflow") || Object.hasOwn(content, "alert"), {
        error: "must have the top-level key workflow",
        abort: true,
    })
    .transform(({ workflow: current, alert: old }) => ({ workflow: current === undefined ? old : current }))
    .pipe(z.object({ workflow }));

const LISTS = must("a list of lists, such as [[service]]");

/** A file of a mapping rule (keep/api/models/db/mapping.py, MappingRuleDtoIn). Keep ignores all other fields. */
export const mappingFile = file({
    name: text(),
    description: anyText(2048).nullish(),
    file_name: anyText(255).nullish(),
    priority,
    type: oneOf(["csv", "topology"]).default("csv"),
    is_multi_level: flag.default(false),
    new_property_name: anyText(255).nullish(),
    prefix_to_remove: anyText(255).nullish(),
    matchers: z.array(texts.min(1, LISTS), LISTS).min(1, LISTS),
    rows: z.array(z.record(z.string(), z.unknown(), { error: "must be an object" }), must("a list")).nullish(),
})
    .refine(({ type, rows }) => type !== "csv" || (rows ?? []).length > 0, {
        path: ["rows"],
        error: "must not be empty, unless type is topology",
    })
    // Keep searches each value as a regular expression (keep/api/bl/enrichments_bl.py, _is_match); another type ends all rules after it.
    .refine(
        ({ matchers, rows }) =>
            (rows ?? []).every((row) => matchers.flat().every((column) => typeof (row[column] ?? "") === "string")),
        { path: ["rows"], error: "must have text in the columns of matchers. Put numbers in quotes", abort: true },
    )
    .superRefine(({ matchers, rows, type, is_multi_level: isMultiLevel }, context) => {
        // With several levels, Keep compares the values instead.
        const columns = type === "csv" && !isMultiLevel ? [...new Set(matchers.flat())] : [];
        for (const [row, values] of (rows ?? []).entries()) {
            for (const column of columns) {
                const value = values[column];
                const message = typeof value === "string" ? notPython(value) : undefined;
                if (message !== undefined) {
                    context.addIssue({ code: "custom", path: ["rows", row, column], message });
                }
            }
        }
    })
    .refine((rule) => !rule.is_multi_level || (rule.new_property_name ?? "") !== "", {
        path: ["new_property_name"],
        error: "is required if is_multi_level is true",
    })
    .refine((rule) => !rule.is_multi_level || rule.matchers.length <= 1, {
        path: ["matchers"],
        error: "must have only one list if is_multi_level is true",
    });

/** A file of a dashboard (keep/api/routes/dashboard.py, DashboardCreateDTO). */
export const dashboardFile = z.looseObject(
    { dashboard_name: text(), dashboard_config: z.looseObject({}, must("an object")) },
    { error: "must be an object" },
);
