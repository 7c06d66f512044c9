import type * as z from "zod";

import { textLeaves } from "../settings/textLeaves";

/** The prefix of fields in templates, which rules do not have: there, a path begins at the fields of the alert. `alert.f()` is a function. */
const PREFIX = /(?<![\w.])alert\.(?=\w+\b(?!\s*\())/g;

/** Where a text has a name with `alert.`, or -1. Alerts of Pingdom have a field of that name (keep/providers/pingdom_provider). */
export function indexOfPrefix(text: string, rule: string): number {
    return /pingdom/i.test(rule) ? -1 : text.search(PREFIX);
}

/** A text without `alert.` before the names in it. */
export function withoutPrefix(text: string): string {
    return text.replace(PREFIX, "");
}

/**
 * The check of names of fields in a rule, at any depth of these keys. Keep finds no field by a name with `alert.` or in braces. For
 * `grouping_criteria`, it then ends all rules (keep/rulesengine/rulesengine.py, _calc_rule_fingerprint). For `fingerprint_fields`, all
 * alerts get the same fingerprint (keep/providers/base/base_provider.py, get_alert_fingerprint).
 */
export function namesOf(...keys: readonly string[]) {
    return ({ value: rule, issues }: z.core.ParsePayload<Readonly<Record<string, unknown>>>) => {
        for (const { path, text } of keys.flatMap((key) => textLeaves(rule[key], [key]))) {
            if (text.includes("{{") || indexOfPrefix(text, JSON.stringify(rule)) === 0) {
                const message = `must be the name of a field without alert. and braces, such as ${plainName(text)}`;
                issues.push({ code: "custom", path: [...path], message, input: text });
            }
        }
    };
}

/** The name that a text with braces or a prefix means, or an example. */
function plainName(text: string): string {
    const name = withoutPrefix(text.replace(/[{}]/g, "").trim());
    return /^[^\s{}]+$/.test(name) ? name : "labels.host";
}
