import type * as z from "zod";

import { textLeaves } from "../settings/textLeaves";

/**
 * A character of a name, in which labels have almost any: not one of other notations, such as `labels["host"]`, `{{ name }}`, `$.name`,
 * `labels.*`, `name | upper` and `name, host`. Keep splits names at dots only (keep/api/bl/enrichments_bl.py, where it replaces @@ by a dot).
 */
const CHARACTER = String.raw`[^\s\p{Cc}.,*|[\]{}"'\x60$]`;

/** The name of a field, as text of a regular expression with the flag `u`: no call of a function, such as `lower(name)`. */
export const NAME = String.raw`(?!\w+\()${CHARACTER}+(?:[. ']${CHARACTER}+)*`;

const NAME_ALONE = new RegExp(`^${NAME}$`, "u");

/** The prefix of fields in templates, which rules do not have: there, a path begins at the fields of the alert. `alert.f()` is a function. */
const PREFIX = /(?<![\w.])alert\.(?=\w+\b(?!\s*\())/g;

/** The prefix of names alone. Comments of Keep name fields with `event.`, which its code does not find. */
const NAME_PREFIX = /^(?:alert|event)\./;

/**
 * Rules for alerts with a field `alert` or `event` of their own: those of Pingdom (keep/providers/pingdom_provider), those that somebody sends
 * to Keep, which keeps all their fields (keep/providers/keep_provider), and those that an expression asks for.
 */
const OWN_FIELD = /pingdom|has\(\s*(?:alert|event)\.|"provider_type":"keep"/i;

/** Where a text has a name with `alert.`, or -1. */
export function indexOfPrefix(text: string, rule: string): number {
    return OWN_FIELD.test(rule) ? -1 : text.search(PREFIX);
}

/** A text without `alert.` before the names in it. */
export function withoutPrefix(text: string): string {
    return text.replace(PREFIX, "");
}

/**
 * The check of names of fields in a rule, at any depth of these keys. Keep splits a name at its dots, and finds nothing by another form.
 * For `grouping_criteria`, it then ends all rules (keep/rulesengine/rulesengine.py, _calc_rule_fingerprint). For `fingerprint_fields`, all
 * alerts get the same fingerprint (keep/providers/base/base_provider.py, get_alert_fingerprint).
 */
export function namesOf(...keys: readonly string[]) {
    return ({ value: rule, issues }: z.core.ParsePayload<Readonly<Record<string, unknown>>>) => {
        const hasOwnField = OWN_FIELD.test(JSON.stringify(rule));
        for (const { path, text: written } of keys.flatMap((key) => textLeaves(rule[key], [key]))) {
            // Keep removes blanks around matchers only (keep/api/bl/enrichments_bl.py).
            const text = path[0] === "matchers" ? written.trim() : written;
            if (!NAME_ALONE.test(text) || (NAME_PREFIX.test(text) && !hasOwnField)) {
                const message = `must be the name of a field, in words joined by dots and without alert. or event., such as ${plainName(text)}`;
                issues.push({ code: "custom", path: [...path], message, input: text });
            }
        }
    };
}

/** The name that a text of another form means, such as `labels.host` of `labels["host"]`, or an example. Keep reads lists as a whole. */
function plainName(text: string): string {
    const words = text.replace(/\[\d+\][^]*/, "").split(/[.[\]{}"'`$]+/);
    const name = words
        .map((word) => word.trim())
        .filter((word) => word !== "")
        .join(".")
        .replace(NAME_PREFIX, "");
    return NAME_ALONE.test(name) && !/\}[^{}]+\{/.test(text) ? name : "labels.host";
}
