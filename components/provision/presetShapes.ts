import * as z from "zod";

import { celFault } from "./cel";
import { file, flag, must, text, texts } from "./fields";

/** What Keep gives the preset of all alerts (keep/api/consts.py); it fails to list the alerts of a preset without it. */
const NO_SQL = { label: "SQL", value: { sql: "", params: {} } };

/** Value of the option SQL (keep/api/models/db/preset.py, PresetSearchQuery), which Keep reads for searches in Elasticsearch. */
const sql = z.object({ sql: z.string(), params: z.record(z.string(), z.unknown()) });

/** A preset (keep/api/models/db/preset.py); `options` as Keep's API takes them. */
export const presetFile = file({
    // Keep rejects its own (keep/api/routes/preset.py, create_preset).
    name: text()
        .regex(/^\S([^]*\S)?$/, { error: "must not begin or end with a blank" })
        .regex(/^(?!(feed|deleted)$)/i, { error: "must not be feed or deleted, which are Keep's own presets" }),
    options: z
        .array(
            z
                .strictObject(
                    { label: text(), value: z.unknown().optional() },
                    { error: "must be an object of label and value" },
                )
                .refine(({ value }) => value !== undefined, { path: ["value"], error: "must be set" }),
            must("a list, such as [{label: CEL, value: severity == 'critical'}]"),
        )
        .refine(
            (options) => options.filter(({ label, value }) => isCel(label) && typeof value === "string").length === 1,
            { error: "must have exactly one option with the label CEL and a text as its value" },
        )
        .refine((options) => options.filter(isSql).length <= 1 && options.filter(isSql).every(hasSql), {
            error: "must have at most one option with the label SQL, with a value such as {sql: severity = 'critical', params: {}}",
        })
        .check(({ value: options, issues }) => {
            for (const [index, { label, value }] of options.entries()) {
                const message = isCel(label) && typeof value === "string" ? celFault(value, "preset") : undefined;
                if (message !== undefined) {
                    issues.push({ code: "custom", path: [index, "value"], message, input: value });
                }
            }
        })
        .transform((options) => (options.some(isSql) ? options : [...options, NO_SQL])),
    is_noisy: flag.default(false),
    counter_shows_firing_only: flag.default(true),
    tags: texts.default([]).transform((tags) => [...new Set(tags)].sort()),
});

function isCel(label: string): boolean {
    return label.toUpperCase() === "CEL";
}

function isSql({ label }: { readonly label: string }): boolean {
    return label.toUpperCase() === NO_SQL.label;
}

function hasSql({ value }: { readonly value?: unknown }): boolean {
    return sql.safeParse(value).success;
}
