import * as z from "zod";

import { SEVERITIES, STATUSES } from "./alertFields";
import { isSeverity } from "./cel";
import { flag, must, text } from "./fields";

/** Fields of an alert that are no text: Keep always writes the value of a filter in quotes, and CEL compares only values of one type. */
const NO_TEXT = [
    "dismissed",
    "deleted",
    "pushed",
    "isFullDuplicate",
    "isPartialDuplicate",
    "isNoisy",
    "firingCounter",
    "unresolvedCounter",
];

/** A field of an alert in CEL, such as `labels.app`. */
const FIELD = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[(?:"[^"\\\n]*"|'[^'\\\n]*'|\d+)\])*$/;

/** Text that means the same between double quotes of CEL. */
const QUOTABLE = /^(?:[^"\\\n]|\\\\)*$/;

/** Characters of a regular expression that Keep would compare as they are. */
const SPECIAL = /[\\^$*+?[\](){}"\n]/;

/** Texts in a regular expression of a form that Keep converts to CEL; undefined for other forms. */
function textsOf(pattern: string): string[] | undefined {
    if (pattern.includes("|")) {
        return pattern.split("|").map((part) => part.replace(/^\(+/, "").replace(/\)+$/, "").trim());
    }
    const [, contained] = /^(?:\.\*)?([^]+)\.\*$/.exec(pattern) ?? [];
    return [".*", "^$"].includes(pattern) ? [] : contained === undefined ? undefined : [contained];
}

/** What is wrong with the value of a filter, as the rest of a sentence. */
function valueError(key: string, value: string, isExcluded: boolean): string | undefined {
    if (!/^r["']/.test(value)) {
        return QUOTABLE.test(value)
            ? unknownValue(key, [value])
            : `must not have a double quote, a line end or a single backslash. Write it as cel, such as ${key}.contains('"')`;
    }
    const [, pattern = ""] = /^r"([^]*)"$/.exec(value) ?? [];
    if (key === "source" && pattern === "^$") {
        return `must not be r"^$", because source is a list. Write it as cel, such as size(source) ${isExcluded ? ">" : "=="} 0`;
    }
    const texts = textsOf(pattern);
    if (texts === undefined || texts.some((part) => SPECIAL.test(part))) {
        const example = key === "source" ? "source.exists(s, s.matches('^a[0-9]+$'))" : `${key}.matches('^a[0-9]+$')`;
        return `must be a regular expression that Keep converts, such as r"a|b", r"a.*", r".*a.*", r"^$" or r".*", but is ${value}. Write another one as cel, such as ${example}`;
    }
    if (pattern === ".*" && isExcluded) {
        return `must not be r".*" with exclude, which Keep ignores there. Write it as cel, such as !has(${key})`;
    }
    return pattern.includes("|") || key === "severity" ? unknownValue(key, texts) : undefined;
}

function unknownValue(key: string, texts: readonly string[]): string | undefined {
    if (NO_TEXT.includes(key)) {
        return `must be written as cel, such as ${key} == true, because ${key} is no text`;
    }
    if (key.endsWith(".severity") && texts.some(isSeverity)) {
        return `must be that of the key ${key.replace(/\.severity$/, "['severity']")}, because Keep makes the text after .severity a number`;
    }
    const [values, isKnown] =
        key === "severity" ? [SEVERITIES, isSeverity] : [STATUSES, (part: string) => STATUSES.includes(part)];
    const unknown = ["severity", "status"].includes(key) ? texts.find((part) => !isKnown(part)) : undefined;
    return unknown === undefined ? undefined : `must be one of ${values.join(", ")}, but is ${unknown}`;
}

/**
 * A filter of a trigger, which Keep converts to CEL for each alert (keep/workflowmanager/workflowmanager.py, _convert_filters_to_cel).
 * It skips a filter without key or value, and never starts a workflow of which it cannot convert a filter.
 */
export const filter = z
    .looseObject(
        {
            key: text(Infinity)
                .regex(/^(?!alert\.)/, {
                    error: "must not begin with alert. Write the field alone, such as source",
                    abort: true,
                })
                .regex(FIELD, { error: "must be a field of alerts, such as source or labels['app-name']" }),
            value: z
                .string(must("text. Compare other values in cel, such as dismissed == true"))
                .min(1, { error: 'must not be empty. Write r"^$" for alerts in which the field is empty' }),
            exclude: flag.optional(),
        },
        must("an object, such as {key: source, value: prometheus}"),
    )
    .check(({ value: { key, value, exclude = false }, issues }) => {
        const message = valueError(key, value, exclude);
        if (message !== undefined) {
            issues.push({ code: "custom", path: ["value"], message, input: value });
        }
    });
