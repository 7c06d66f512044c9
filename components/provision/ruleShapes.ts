import * as z from "zod";

import { groupFault, STATUSES } from "./alertFields";
import { celFault } from "./cel";
import { hidesConditions, splittable, withoutTexts } from "./celText";
import { indexOfPrefix, NAME, namesOf, withoutPrefix } from "./fieldNames";
import { anyText, file, flag, must, notPython, oneOf, priority, text, texts, whole } from "./fields";
import { groupsOf } from "./regexGroups";

/**
 * What Keep renders for an extraction, with Chevron (keep/api/bl/enrichments_bl.py, run_extraction_rules): a field, or fields in
 * braces. Keep adds braces to a text that neither begins nor ends with them. An error would end all rules after it, for each alert.
 */
const FIELD = String.raw`(?!\s*[#/>^!=])\s*(?:${NAME}|\.)\s*`;
const ATTRIBUTE = new RegExp(
    String.raw`^(?:${FIELD}|(?=\{\{|[^]*\}\}$)(?:[^{}]|\{\{(?:\s*&)?${FIELD}\}\}|\{\{\{${FIELD}\}\}\})+)$`,
    "u",
);

/** An expression that Keep evaluates for each alert. */
function cel(kind: "correlation" | "maintenance") {
    return text(10_000).refine((written) => celFault(written, kind) === undefined, {
        error: ({ input }) => celFault(String(input), kind),
    });
}

/** An extraction rule (keep/api/models/db/extraction.py). */
export const extractionFile = file({
    name: text(),
    description: anyText(2048).optional(),
    priority,
    attribute: text().regex(ATTRIBUTE, {
        error: "must be a field of alerts, such as labels.host, or fields in braces, such as {{ labels.host }}",
    }),
    condition: anyText(2000).optional(),
    disabled: flag.default(false),
    // Keep adds the named groups of a match to the alert (keep/api/bl/enrichments_bl.py, run_extraction_rules).
    regex: text(1024)
        .refine((pattern) => notPython(pattern) === undefined, {
            error: ({ input }) => notPython(String(input)),
            abort: true,
        })
        .regex(/\(\?P<[^>]+>/, { error: "must have a named group, such as (?P<service>\\w+)" }),
    pre: flag.default(false),
}).check(({ value: { attribute, condition = "", ...rule }, issues }) => {
    const hasPrefix = indexOfPrefix(attribute, JSON.stringify([rule, condition])) !== -1;
    const faults = {
        attribute: hasPrefix ? `must name fields without alert., such as ${withoutPrefix(attribute)}` : undefined,
        condition: celFault(condition, "extraction"),
        regex: groupsOf(rule.regex)
            .map(groupFault)
            .find((fault) => fault !== undefined),
    };
    // With `pre`, the alert has the fields that its provider sent, and Keep reads those of the groups as those of the provider.
    for (const [field, message] of rule.pre ? [] : Object.entries(faults)) {
        if (message !== undefined) {
            issues.push({ code: "custom", path: [field], message, input: field });
        }
    }
});

/** A correlation rule (keep/api/models/db/rule.py, Rule). */
export const correlationFile = file({
    name: text(),
    group_description: anyText().optional(),
    definition_cel: cel("correlation"),
    timeframe: whole(1),
    timeunit: oneOf(["seconds", "minutes", "hours", "days"]).default("seconds"),
    grouping_criteria: texts.default([]),
    require_approve: flag.default(false),
    resolve_on: oneOf(["first_resolved", "last_resolved", "all_resolved", "never"]).default("never"),
    create_on: oneOf(["any", "all"]).default("any"),
    incident_name_template: anyText().optional(),
    incident_prefix: anyText(10).optional(),
    multi_level: flag.default(false),
    multi_level_property_name: anyText(255).optional(),
    threshold: whole(1).default(1),
    assignee: anyText(255).optional(),
})
    .refine((rule) => !rule.multi_level || (rule.multi_level_property_name ?? "") !== "", {
        path: ["multi_level_property_name"],
        error: "is required if multi_level is true",
    })
    // Keep reads the first only, and puts all alerts in one incident without any (keep/rulesengine/rulesengine.py, _calc_rule_fingerprint).
    .refine((rule) => !rule.multi_level || rule.grouping_criteria.length === 1, {
        path: ["grouping_criteria"],
        error: "must have exactly one field if multi_level is true, such as [customers]",
    })
    .refine((rule) => rule.create_on !== "all" || !hidesConditions(splittable(rule.definition_cel)), {
        path: ["definition_cel"],
        error: "must have each condition in brackets if create_on is all, such as (service == 'a') || (service == 'b'), because Keep takes others for one condition",
    })
    // Keep compares conditions in which it has replaced null with those that it has not (_process_event_for_history_based_rule).
    .refine((rule) => rule.create_on !== "all" || !hasNullInParts(rule.definition_cel), {
        path: ["definition_cel"],
        error: "must not have null if create_on is all, because Keep then creates no incident. For a field that is set, write service.contains('')",
    })
    .check(namesOf("grouping_criteria"))
    .overwrite((rule) => ({
        ...rule,
        definition_cel: rule.create_on === "all" ? splittable(rule.definition_cel) : rule.definition_cel.trim(),
    }));

/** Whether one of several conditions has null. */
function hasNullInParts(cel: string): boolean {
    return splittable(cel).includes(") || (") && /\bnull\b/.test(withoutTexts(cel));
}

/** A deduplication rule (keep/api/models/db/alert.py, AlertDeduplicationRule). The ids of connected providers differ in each Keep, so a file names
 * them. A sender chooses the id of another one with `provider_id` in the URL. */
export const deduplicationFile = file({
    name: text(),
    description: anyText().default(""),
    provider: text().optional(),
    provider_type: text().optional(),
    provider_id: text().optional(),
    // Without one, Keep replaces the provider's fingerprint by the name (keep/providers/base/base_provider.py, get_alert_fingerprint).
    fingerprint_fields: texts
        .min(1, {
            error: "must not be empty, because Keep would then merge all alerts with the same name. To recognize alerts as the provider does, write [fingerprint]",
        })
        .prefault([]),
    full_deduplication: flag.default(false),
    ignore_fields: texts.default([]),
})
    .refine((rule) => (rule.provider === undefined) !== (rule.provider_type === undefined), {
        path: ["provider"],
        error: "must be the name of a connected provider. For alerts of a type without one, set provider_type instead",
    })
    .refine((rule) => rule.provider_id === undefined || rule.provider_type !== undefined, {
        path: ["provider_id"],
        error: "has no effect without provider_type. Remove it, or set provider_type in place of provider",
    })
    // Keep then ignores only lastReceived (keep/api/alert_deduplicator/alert_deduplicator.py, get_deduplication_rules).
    .refine((rule) => rule.full_deduplication || rule.ignore_fields.every((field) => field === "lastReceived"), {
        path: ["ignore_fields"],
        error: "has no effect without full_deduplication: true. Set it, or remove ignore_fields",
    })
    .check(namesOf("fingerprint_fields", "ignore_fields"));

/** Years of a maintenance window: Python and MySQL have none after 9999, and Keep's user interface none before 1970. */
const [FIRST_YEAR, LAST_YEAR] = [1970, 9999];

function isInYears(time: number): boolean {
    const year = new Date(time).getUTCFullYear();
    return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** A maintenance window (keep/api/models/db/maintenance_window.py). Some databases keep whole seconds only. */
export const maintenanceFile = file({
    name: text(),
    description: anyText().optional(),
    cel_query: cel("maintenance"),
    start_time: z.iso
        .datetime({ offset: true, abort: true, ...must("a time with a zone, such as 2026-12-24T22:00:00Z") })
        .refine((time) => isInYears(Date.parse(time)), {
            error: `must be in the years ${FIRST_YEAR} to ${LAST_YEAR}`,
            abort: true,
        })
        .transform((time) => `${new Date(time).toISOString().slice(0, 19)}Z`),
    duration_seconds: whole(1),
    suppress: flag.default(false),
    enabled: flag.default(true),
    ignore_statuses: z.array(oneOf(STATUSES), must("a list of statuses")).default(["resolved", "acknowledged"]),
}).refine((window) => isInYears(Date.parse(window.start_time) + window.duration_seconds * 1000), {
    path: ["duration_seconds"],
    error: `must end the window before the year ${LAST_YEAR + 1}`,
});
