/** A text in an expression. */
const TEXT = String.raw`(["'])(?:\\[^]|(?!\1)[^\\])*\1`;

/** The texts, operators between conditions and other characters of an expression, each with the number of open brackets after it. */
function tokensOf(cel: string): { readonly token: string; readonly depth: number }[] {
    let depth = 0;
    return [...cel.matchAll(new RegExp(`${TEXT}|\\|\\||&&|[^]`, "g"))].map(([token]) => {
        depth += Number("([{".includes(token)) - Number(")]}".includes(token));
        return { token, depth };
    });
}

/** The sides of an operator outside texts and brackets: one, if the brackets do not match. */
export function sidesOf(cel: string, operator: "||" | "&&"): string[] {
    const sides = [""];
    const tokens = tokensOf(cel);
    if (tokens.some(({ depth }) => depth < 0)) {
        return [cel];
    }
    for (const { token, depth } of tokens) {
        if (depth === 0 && token === operator) {
            sides.push("");
        } else {
            sides.push(`${sides.pop() ?? ""}${token}`);
        }
    }
    return sides;
}

/** An expression with empty texts. */
export function withoutTexts(cel: string): string {
    return cel.replace(new RegExp(TEXT, "g"), "''");
}

/**
 * The same expression in the form in which Keep finds its conditions: Keep splits it at each `) || (`, and then takes its first and last
 * character for brackets (keep/rulesengine/rulesengine.py, _extract_subrules).
 */
export function splittable(cel: string): string {
    const sides = sidesOf(cel.trim(), "||").map((side) => side.trim());
    const hasComment = withoutTexts(cel).includes("//");
    return !hasComment && sides.every(isGroup) ? sides.join(" || ") : cel.trim();
}

/** Whether all of an expression is in one pair of brackets. */
function isGroup(cel: string): boolean {
    const tokens = tokensOf(cel);
    return cel.startsWith("(") && tokens.findIndex(({ depth }) => depth === 0) === tokens.length - 1;
}

/** Whether Keep sees one condition in an expression in that form that joins several by `||`. */
export function hidesConditions(cel: string): boolean {
    const inner = cel.trim();
    return isGroup(inner)
        ? hidesConditions(inner.slice(1, -1))
        : !cel.includes(") || (") && sidesOf(cel, "||").length > 1;
}
