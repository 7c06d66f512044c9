import * as z from "zod";

import { hasSeveral, valueFault } from "./alertFields";
import { namesOf } from "./fieldNames";
import { anyText, file, flag, must, notPython, oneOf, priority, text, texts } from "./fields";

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
    // Keep's rules engine fails on a field without a name (keep/rulesengine/rulesengine.py, sanitize_cel_payload).
    .refine(({ rows }) => (rows ?? []).flatMap(Object.keys).every((column) => column.trim() !== ""), {
        path: ["rows"],
        error: "must not have a column without a name, or Keep leaves the alert out of correlations. Name it, or remove it",
    })
    // Keep searches each value as a regular expression (keep/api/bl/enrichments_bl.py, _is_match); another type ends all rules after it.
    .refine(
        ({ matchers, rows }) =>
            (rows ?? []).every((row) => matchers.flat().every((column) => typeof (row[column] ?? "") === "string")),
        { path: ["rows"], error: "must have text in the columns of matchers. Put numbers in quotes", abort: true },
    )
    // With several levels, it trims the values of all columns, and reads a field that is text as a list in JSON.
    .refine(
        ({ rows, is_multi_level: isMultiLevel }) =>
            !isMultiLevel || (rows ?? []).flatMap(Object.values).every((value) => typeof (value ?? "") === "string"),
        {
            path: ["rows"],
            error: "must have text in all columns if is_multi_level is true. Put numbers in quotes",
            abort: true,
        },
    )
    .refine(({ matchers, is_multi_level: isMultiLevel }) => !isMultiLevel || matchers.flat().every(mayBeList), {
        path: ["matchers"],
        error: "must name a field with a list if is_multi_level is true, such as customers. Name another, or remove is_multi_level",
    })
    .refine(({ is_multi_level: isMultiLevel, new_property_name: name }) => !isMultiLevel || mayBeList(name ?? ""), {
        path: ["new_property_name"],
        error: "must not be a field of Keep's alerts, because Keep sets an object. Use another name, such as customers_info",
    })
    // Without its column, Keep matches only alerts that lack the attribute as well (_check_matcher, in the same file).
    .superRefine(({ matchers, rows, type }, context) => {
        const columns = new Set((rows ?? []).flatMap(Object.keys));
        const absent = [...new Set(matchers.flat())].filter((name) => !columns.has(name.trim()));
        for (const name of type === "csv" && columns.size > 0 ? absent : []) {
            const message = `contains ${JSON.stringify(name)}, which is a column of no row. Add it to rows, or correct its name`;
            context.addIssue({ code: "custom", path: ["matchers"], message });
        }
    })
    // Keep sets all other columns as fields of the alert, and ignores those that are null.
    .superRefine(({ matchers, rows, type, is_multi_level: isMultiLevel }, context) => {
        for (const [row, values] of (type === "csv" && !isMultiLevel ? (rows ?? []) : []).entries()) {
            for (const [column, value] of Object.entries(values)) {
                const trimmed: unknown = typeof value === "string" ? value.trim() : value;
                const isSet = value !== null && !matchers.flat().includes(column);
                const message = isSet ? valueFault(column.trim(), trimmed, "column") : undefined;
                if (message !== undefined) {
                    context.addIssue({ code: "custom", path: ["rows", row, column], message });
                }
            }
        }
    })
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
    })
    .check(namesOf("matchers"));

function mayBeList(name: string): boolean {
    return hasSeveral(name.trim()) !== false;
}

/** Without both lists, the page of the dashboard fails (dashboard/[id]/dashboard.tsx and dashboard/GridLayout.tsx of keep-ui). */
const dashboardConfig = z.looseObject(
    {
        layout: z.array(z.unknown(), must("a list, such as [{i: w-1, x: 0, y: 0, w: 8, h: 6}]")),
        widget_data: z.array(z.unknown(), must("a list, such as [{i: w-1, name: Alerts}]")),
    },
    must("an object"),
);

/** A file of a dashboard (keep/api/routes/dashboard.py, DashboardCreateDTO). */
export const dashboardFile = z.looseObject(
    { dashboard_name: text(), dashboard_config: dashboardConfig },
    { error: "must be an object" },
);
