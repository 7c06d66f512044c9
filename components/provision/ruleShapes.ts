import * as z from "zod";

/** Text that may be empty, such as a description. */
const anyText = z.string({ error: "is no text" });
/** Text of at most the length of its column; MySQL gives 255 characters where Keep names no length. */
const text = (length = 255) =>
    z
        .string({ error: "is missing, or no text" })
        .min(1, { error: "is empty" })
        .max(length, { error: `has more than ${length} characters` });
const flag = z.boolean({ error: "is neither true nor false" });
const texts = z.array(text(), { error: "is not a list of texts" });
const oneOf = <T extends string>(values: readonly T[]) =>
    z.enum(values, { error: `is not one of ${values.join(", ")}` });
const whole = (least: number) =>
    z.int({ error: "is not a whole number" }).min(least, { error: `is less than ${least}` });

/** Fields of a file, and no others: a misspelled one would be lost. */
function file<T extends z.ZodRawShape>(fields: T) {
    return z.strictObject(fields, {
        error: ({ code, keys }) =>
            code === "unrecognized_keys"
                ? `has unknown fields: ${keys.join(", ")}. The fields are ${Object.keys(fields).join(", ")}`
                : "is not an object",
    });
}

/** An extraction rule (keep/api/models/db/extraction.py). */
export const extractionFile = file({
    name: text(),
    description: anyText.optional(),
    priority: z.int({ error: "is not a whole number" }).default(0),
    attribute: text(),
    condition: anyText.max(2000, { error: "has more than 2000 characters" }).optional(),
    disabled: flag.default(false),
    // Keep adds the named groups of a match to the alert (keep/api/bl/enrichments_bl.py, run_extraction_rules).
    regex: text(1024).regex(/\(\?P<\w+>/, {
        error: "has no named group, such as (?P<service>\\w+), and so extracts nothing",
    }),
    pre: flag.default(false),
});

/** A correlation rule (keep/api/models/db/rule.py, Rule). */
export const correlationFile = file({
    name: text(),
    group_description: anyText.optional(),
    definition_cel: text(10_000),
    timeframe: whole(1),
    timeunit: oneOf(["seconds", "minutes", "hours", "days"]).default("seconds"),
    grouping_criteria: texts.default([]),
    require_approve: flag.default(false),
    resolve_on: oneOf(["first_resolved", "last_resolved", "all_resolved", "never"]).default("never"),
    create_on: oneOf(["any", "all"]).default("any"),
    incident_name_template: anyText.optional(),
    incident_prefix: anyText.optional(),
    multi_level: flag.default(false),
    multi_level_property_name: anyText.optional(),
    threshold: whole(1).default(1),
    assignee: anyText.optional(),
}).refine((rule) => !rule.multi_level || (rule.multi_level_property_name ?? "") !== "", {
    path: ["multi_level_property_name"],
    error: "is missing, which multi_level needs",
});

/** A deduplication rule (keep/api/models/db/alert.py, AlertDeduplicationRule). IDs of providers differ in each Keep, so a file names one. */
export const deduplicationFile = file({
    name: text(),
    description: anyText.default(""),
    provider: text().optional(),
    provider_type: text().optional(),
    fingerprint_fields: texts.default([]),
    full_deduplication: flag.default(false),
    ignore_fields: texts.default([]),
}).refine((rule) => (rule.provider === undefined) !== (rule.provider_type === undefined), {
    path: ["provider"],
    error: "is needed, the name of a connected provider, or provider_type for alerts of a type without one; and not both",
});

/** A maintenance window (keep/api/models/db/maintenance_window.py). Some databases keep whole seconds only. */
export const maintenanceFile = file({
    name: text(),
    description: anyText.optional(),
    cel_query: text(10_000),
    start_time: z.iso
        .datetime({ offset: true, error: "is not a time with its zone, such as 2026-12-24T22:00:00Z" })
        .transform((time) => `${new Date(time).toISOString().slice(0, 19)}Z`),
    duration_seconds: whole(1),
    suppress: flag.default(false),
    enabled: flag.default(true),
    ignore_statuses: z
        .array(oneOf(["firing", "resolved", "acknowledged", "suppressed", "pending", "maintenance"]), {
            error: "is not a list of statuses",
        })
        .default(["resolved", "acknowledged"]),
});

/** What Keep gives the preset of all alerts (keep/api/consts.py); it fails to list the alerts of a preset without it. */
const NO_SQL = { label: "SQL", value: { sql: "", params: {} } };

/** A preset (keep/api/models/db/preset.py); `options` as Keep's API takes them. */
export const presetFile = file({
    // Keep rejects its own (keep/api/routes/preset.py, create_preset).
    name: text().regex(/^(?!(feed|deleted)$)/i, { error: "is one of Keep's own presets" }),
    options: z
        .array(z.strictObject({ label: text(), value: z.unknown() }, { error: "is not {label, value}" }), {
            error: "is missing, or no list, such as [{label: CEL, value: severity == 'critical'}]",
        })
        .refine(
            (options) => options.filter(({ label, value }) => isCel(label) && typeof value === "string").length === 1,
            {
                error: "has not exactly one option with the label CEL and a text",
            },
        )
        .transform((options) =>
            options.some(({ label }) => label.toUpperCase() === NO_SQL.label) ? options : [...options, NO_SQL],
        ),
    is_noisy: flag.default(false),
    counter_shows_firing_only: flag.default(true),
    tags: texts.default([]).transform((tags) => [...new Set(tags)].sort()),
});

function isCel(label: string): boolean {
    return label.toUpperCase() === "CEL";
}
