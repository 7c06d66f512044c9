import { SEVERITIES, STATUSES } from "./alertFields";
import { nameFault, type Use } from "./celNames";
import { sidesOf, withoutTexts } from "./celText";
import { indexOfPrefix } from "./fieldNames";

/** A comparison that Keep changes: it makes the severity a number, whatever is before `severity` (keep/api/utils/cel_utils.py). */
const CHANGED = new RegExp(String.raw`\bseverity\s*[=><!]=?\s*["'](?:${SEVERITIES.join("|")})["']`, "i");

/** Comparisons in code without texts: those of the severity by its rank, and those of `source`. */
const RANKED = /(?<![\w.])severity\s*(?:[<>]|[=!]=\s*\d)|(?:''|\d)\s*[<>]=?\s*severity\b/;
const SOURCE_AS_LIST = /(?<![\w.])source\s*(?:\[|\.(?:exists|exists_one|all|filter|map)\()|\bin\s+source\b(?!\s*[[.])/;
const SOURCE_AS_TEXT =
    /(?<![\w.])source\s*(?:[=!]=\s*''|\.(?:startsWith|endsWith|matches)\(|in\s*\[\s*'')|''\s*[=!]=\s*source\b(?!\s*[[.])/;

/** A comparison that Keep makes source.contains("…") in workflows (keep/workflowmanager/workflowmanager.py, insert_events). */
const SOURCE_EQUALS = /source\s*==\s*['"][^'"]+['"]/g;

/** A whole condition with null. Keep's CEL (cel-python) compares only true, false and null with null, and fails for other values. */
const NOT_NULL = /^(?!(?:dismissed|deleted|pushed|is[A-Z]\w*)\b)([^!=<>()]+)!=\s*null$|^null\s*!=([^!=<>()]+)$/;

/** The first condition, of a field that an alert can lack (keep/api/models/alert.py). */
const FIRST_NOT_NULL =
    /^\s*(?!(?:id|name|status|severity|source|lastReceived|fingerprint|labels|dismissed|deleted|pushed|is[A-Z]\w*)\b)(\w+)\s*!=\s*null\b/;

/** What is wrong with a part of an expression, given without and with its texts, as the rest of a sentence. */
type Fault = (code: string, cel: string, whole: string) => string | false;

const prefix: Fault = (code, _, whole) =>
    indexOfPrefix(code, whole) !== -1 && "must name fields without alert., such as name == 'a'";

/** Keep finds these fields without the prefix only (field_configurations_with_alert_prefix in keep/api/core/alerts.py). */
const queryPrefix: Fault = (code, cel, whole) =>
    /(?<![\w.])alert\.(?:severity|status|lastReceived|firingCounter|unresolvedCounter)\b/.test(code) &&
    prefix(code, cel, whole);

const sourceAsList: Fault = (code) =>
    SOURCE_AS_LIST.test(code) &&
    "must compare source as a text, such as source.contains('prometheus'), because it is a text here";

const sourceAsText: Fault = (code) =>
    SOURCE_AS_TEXT.test(code) &&
    "must compare a member of source, such as source[0] == 'prometheus', because it is a list here";

const notNull: Fault = (_, cel) => {
    const [, before, after = before] = NOT_NULL.exec(cel.trim()) ?? [];
    const field = after?.trim();
    return (
        field !== undefined &&
        `must not compare ${field} with null, which fails for any other value. If it is a text, write type(${field}) == string`
    );
};

/** Keep replaces null by "" and, after the error of an unset field, compares the two as different texts (_coerce_eq_type_error). */
const firstNotNull: Fault = (_, __, whole) => {
    // As Keep splits it (keep/rulesengine/rulesengine.py, _extract_subrules).
    const parts = whole.trim().split(") || (");
    const [, field] =
        parts
            .map((part, index) => FIRST_NOT_NULL.exec(parts.length > 1 && index === 0 ? part.replace(/^\(/, "") : part))
            .find((found) => found !== null) ?? [];
    return (
        field !== undefined &&
        `must not begin with ${field} != null, which is true for every alert here. If it is a text, write ${field}.contains('')`
    );
};

/** Keep replaces these letters by "" wherever they are (keep/rulesengine/rulesengine.py, _check_if_rule_apply). */
const nullInside: Fault = (code, cel) =>
    (/\wnull|null\w/.test(code) || cel.split("null").length > code.split("null").length) &&
    "must not have null inside a text or name, which Keep replaces here. Write 'nul' + 'l', also for a name, such as labels['nul' + 'lable']";

const severityAsNumber: Fault = (code, cel) =>
    /(?<![\w.])severity(?:\s+in\b|\.)|''\s*[=><!]=?\s*severity\b/.test(code)
        ? "must compare severity by ==, !=, <, <=, > or >= before a text, such as severity >= 'high', because Keep makes it a number"
        : /\.\s*severity\s*[=><!]/.test(code) &&
          CHANGED.test(cel.replace(/(?<![\w.])severity\b/g, "")) &&
          "must name a field severity of an object in brackets, such as labels['severity'] == 'critical', because Keep makes the text after .severity a number";

const severityAsText: Fault = (code) =>
    RANKED.test(code) &&
    "must have severities in a list, such as severity in ['critical', 'high'], because Keep compares them as texts here";

/**
 * Of a field that is compared with texts, none of which it has. Of texts, only the same in lower case is equal, and another makes != true.
 * Of severities as numbers, any case is equal, and another text makes every comparison fail. As a rank, another text is the lowest or none.
 */
function unknown(
    field: "severity" | "status",
    values: readonly string[],
    example: string,
    as: "text" | "rank" | "number" = "text",
): Fault {
    const areNumbers = as === "number";
    const text = `"[^"]*"|'[^']*'`;
    const compared = new RegExp(
        String.raw`(?<![\w.])${field}\s*(?:([=><!]=?)\s*(?:${text})|in\s*\[\s*(?:${text})(?:\s*,\s*(?:${text}))*\s*,?\s*\])`,
        "g",
    );
    const isKnown = (value: string) => values.includes(areNumbers ? value.toLowerCase() : value);
    return (code, cel) => {
        const texts = [...cel.matchAll(compared)]
            .filter(([, operator = "=="]) => areNumbers || operator === "==" || (as === "rank" && operator !== "!="))
            .map(([comparison]) => (comparison.match(new RegExp(text, "g")) ?? []).map((quoted) => quoted.slice(1, -1)))
            .find((compared) => !compared.some(isKnown));
        return (
            texts !== undefined &&
            new RegExp(String.raw`(?<![\w.])${field}\b`).test(code) &&
            (areNumbers || !/!\s*\(/.test(code)) &&
            `must compare ${field} with one of ${values.join(", ")}, such as ${example}, but compares it with ${texts.join(", ") || "an empty text"}`
        );
    };
}

const unknownStatus = unknown("status", STATUSES, "status == 'firing'");

/** Where the severity is a text, as the status always is. */
const unknownTexts = [unknown("severity", SEVERITIES, "severity in ['critical', 'high']"), unknownStatus];

/**
 * Faults by the kind of an expression: those that make it fail, wherever they are, and those that make a part of it true for no alert. Of
 * the latter, an expression with `||` may have another part that is true.
 */
const FAULTS = {
    // Keep makes the severity of the alert a number (keep/workflowmanager/workflowmanager.py, insert_events).
    workflow: [
        [],
        [
            prefix,
            (_, cel, whole) => sourceAsText(withoutTexts(cel.replace(SOURCE_EQUALS, "true")), cel, whole),
            severityAsNumber,
            unknown("severity", SEVERITIES, "severity >= 'high'", "number"),
            unknownStatus,
            notNull,
        ],
    ],
    // Keep makes source a text, and only the severity in the expression a number (keep/api/bl/maintenance_windows_bl.py, evaluate_cel).
    maintenance: [
        [],
        [
            prefix,
            sourceAsList,
            notNull,
            (code, cel) =>
                (CHANGED.test(cel) || RANKED.test(code)) &&
                "must have severities in a list, such as severity in ['critical', 'high'], because Keep compares others with a number, which no alert has",
            ...unknownTexts,
        ],
    ],
    // After an error, Keep compares the beginning of the expression itself (keep/rulesengine/rulesengine.py, _coerce_eq_type_error):
    // alert.status != 'resolved' is true for all alerts. Here too, source is a text. Keep replaces null by "".
    correlation: [
        [prefix, severityAsText, firstNotNull, nullInside],
        [sourceAsList, ...unknownTexts],
    ],
    // An error ends all rules after this one (keep/api/bl/enrichments_bl.py, run_extraction_rules). Here, source is the list of the alert.
    extraction: [
        [prefix, sourceAsText, severityAsText],
        [...unknownTexts, notNull],
    ],
    // Keep makes the expression a query (keep/api/core/alerts.py), in which a field has a text or null, and source one text.
    preset: [
        [],
        [
            queryPrefix,
            sourceAsList,
            (code) =>
                /(?<![\w.])severity\s*(?:==|[<>]=?)\s*\d/.test(code) &&
                "must compare severity with a text, such as severity >= 'high', because it is no number here",
            unknown("severity", SEVERITIES, "severity >= 'high'", "rank"),
            unknownStatus,
        ],
    ],
} satisfies Readonly<Record<string, readonly [failing: readonly Fault[], falsifying: readonly Fault[]]>>;

/** The kinds whose expressions Keep does not only evaluate. */
const USES: Readonly<Partial<Record<keyof typeof FAULTS, Use>>> = { correlation: "converted", preset: "queried" };

/** What is wrong with the CEL of a kind of file, as the rest of a sentence. */
export function celFault(cel: string, kind: keyof typeof FAULTS): string | undefined {
    const [failing, falsifying] = FAULTS[kind];
    return (
        firstFault(cel, failing, cel) ??
        nameFault(withoutTexts(cel), USES[kind] ?? "evaluated") ??
        falseFault(cel, falsifying, cel)
    );
}

function firstFault(part: string, faults: readonly Fault[], whole: string): string | undefined {
    const code = withoutTexts(part);
    return faults.map((fault) => fault(code, part, whole)).find((message) => typeof message === "string");
}

/** Why an expression is true for no alert: all sides of its `||` have a fault, or one side of its `&&`. Of other forms, nothing is said. */
function falseFault(part: string, faults: readonly Fault[], whole: string): string | undefined {
    const code = withoutTexts(part);
    const [alternatives, conditions] = [sidesOf(part, "||"), sidesOf(part, "&&")];
    const [, group] = /^\s*\(([^]*)\)\s*$/.exec(part) ?? [];
    const isOr = alternatives.length > 1;
    const sides = isOr ? alternatives : conditions.length > 1 ? conditions : [group ?? part];
    if (code.includes("?") || sides[0] === part) {
        return /\|\||&&|\?/.test(code) ? undefined : firstFault(part, faults, whole);
    }
    const messages = sides.map((side) => falseFault(side, faults, whole));
    return isOr && messages.includes(undefined) ? undefined : messages.find((message) => message !== undefined);
}

/** Whether a text is a severity, in any case. */
export function isSeverity(text: string): boolean {
    return SEVERITIES.includes(text.toLowerCase());
}
