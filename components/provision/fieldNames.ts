import type * as z from "zod";

import { textLeaves } from "../settings/textLeaves";

/** The names of an alert in templates, which Keep's rules do not know: there, a path begins at the fields of the alert. */
const PREFIX = /(?<![\w.])alert\.(?=\w)/g;

/** A rule for alerts of Pingdom, the only ones to which Keep adds a field `alert` (keep/providers/pingdom_provider). */
const HAS_PREFIX = /pingdom/i;

/**
 * The check of names of fields in a rule, at any depth of these keys. Keep finds no field by a name with `alert.` or in braces. For
 * `grouping_criteria`, it then ends all rules (keep/rulesengine/rulesengine.py, _calc_rule_fingerprint). For `fingerprint_fields`, all
 * alerts get the same fingerprint (keep/providers/base/base_provider.py, get_alert_fingerprint).
 */
export function namesOf(...keys: readonly string[]) {
    return ({ value: rule, issues }: z.core.ParsePayload<Readonly<Record<string, unknown>>>) => {
        const isOwn = HAS_PREFIX.test(JSON.stringify(rule));
        for (const { path, text } of keys.flatMap((key) => textLeaves(rule[key], [key]))) {
            if (text.includes("{{") || (!isOwn && text.search(PREFIX) === 0)) {
                const message = `must be the name of a field without alert. and braces, such as ${plainName(text)}`;
                issues.push({ code: "custom", path: [...path], message, input: text });
            }
        }
    };
}

/** The name that a text with braces or a prefix means, or an example. */
function plainName(text: string): string {
    const name = text.replace(/[{}]/g, "").trim().replace(PREFIX, "");
    return /^[^\s{}]+$/.test(name) ? name : "labels.host";
}
