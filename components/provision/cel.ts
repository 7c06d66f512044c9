/** Severities of alerts (keep/api/models/alert.py), which Keep makes numbers in some expressions. */
export const SEVERITIES: readonly string[] = ["critical", "high", "warning", "info", "low"];

/** A comparison that Keep changes: it makes the severity a number, whatever is before `severity` (keep/api/utils/cel_utils.py). */
const CHANGED = new RegExp(String.raw`\bseverity\s*[=><!]=?\s*["'](?:${SEVERITIES.join("|")})["']`, "i");

/** A comparison of the severity with a text. */
const COMPARED = /(?<![\w.])severity\s*[=><!]=?\s*(["'])([^"']*)\1/g;

/**
 * Why the CEL of a workflow is true for no alert, as the rest of a sentence. An expression with `||` may have another part that is.
 * Keep makes the severity of the alert a number (keep/workflowmanager/workflowmanager.py, insert_events).
 */
export function neverStarts(cel: string): string | undefined {
    if (cel.includes("||")) {
        return undefined;
    }
    const code = withoutTexts(cel);
    if (/(?<![\w.])alert\.\w/.test(code)) {
        return "must name fields without alert., such as name == 'a'";
    }
    if (/(?<![\w.])severity(?:\s+in\b|\.)|''\s*[=><!]=?\s*severity\b/.test(code)) {
        return "must compare severity by ==, !=, <, <=, > or >= before a text, such as severity >= 'high', because Keep makes it a number";
    }
    if (/\.\s*severity\s*[=><!]/.test(code) && CHANGED.test(cel.replace(/(?<![\w.])severity\b/g, ""))) {
        return "must name a field severity of an object in brackets, such as labels['severity'] == 'critical', because Keep makes the text after .severity a number";
    }
    const [unknown] = [...cel.matchAll(COMPARED)].map(([, , text = ""]) => text).filter((text) => !isSeverity(text));
    return unknown === undefined || !/(?<![\w.])severity/.test(code)
        ? undefined
        : `must compare severity with one of ${SEVERITIES.join(", ")}, but compares it with ${unknown}`;
}

/**
 * Why the CEL of a maintenance window is true for no alert: there, Keep makes only the text in the expression a number, not the alert's
 * (keep/api/bl/maintenance_windows_bl.py, evaluate_cel).
 */
export function neverMatches(cel: string): string | undefined {
    return !cel.includes("||") && CHANGED.test(cel)
        ? "must have severities in a list, such as severity in ['critical', 'high'], because Keep compares others with a number, which no alert has"
        : undefined;
}

/** Whether a text is a severity, in any case. */
export function isSeverity(text: string): boolean {
    return SEVERITIES.includes(text.toLowerCase());
}

/** An expression with empty texts. */
function withoutTexts(cel: string): string {
    return cel.replace(/(["'])(?:\\[^]|(?!\1)[^\\])*\1/g, "''");
}
