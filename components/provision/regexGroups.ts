/** A named group of a regular expression of Python. */
export interface Group {
    readonly name: string;
    readonly body: string;
    /** Whether the expression may match without the group. */
    readonly isOptional: boolean;
    readonly ignoresCase: boolean;
}

/** A group while the expression is read. */
interface Open {
    readonly name: string;
    readonly start: number;
    readonly parent: Open | undefined;
    readonly ignoresCase: boolean;
    hasAlternatives: boolean;
    isRepeated: boolean;
}

/** Escapes, sets and comments, in which brackets are characters, and brackets. */
const TOKENS =
    /\\[^]|\[\^?(?:\\[^]|[^\\])(?:\\[^]|[^\]\\])*\]|\(\?#[^)]*\)|\((?:\?P<([^>]*)>)?|\)((?:[?*]|\{0?,\d*\}|\{0\})?)|\|/g;

/** The named groups of an expression that Python accepts. */
export function groupsOf(pattern: string): Group[] {
    const groups: (readonly [open: Open, body: string])[] = [];
    // Python takes flags for the expression only at its beginning.
    const ignoresCase = /^\(\?[a-zA-Z]*i[a-zA-Z]*\)/.test(pattern);
    const none = { hasAlternatives: false, isRepeated: false };
    let open: Open = { name: "", start: 0, parent: undefined, ignoresCase, ...none };
    for (const { 0: token, 1: name = "", 2: repetition = "", index } of pattern.matchAll(TOKENS)) {
        if (token === "|") {
            open.hasAlternatives = true;
        } else if (token.startsWith(")") && open.parent !== undefined) {
            open.isRepeated = repetition !== "";
            groups.push([open, pattern.slice(open.start, index)]);
            open = open.parent;
        } else if (token.startsWith("(") && !token.startsWith("(?#")) {
            const start = index + token.length;
            const [, on = "", off = ""] = /^\?([a-zA-Z]*)(?:-([a-z]+))?:/.exec(pattern.slice(start)) ?? [];
            const ignoresCase = !off.includes("i") && (on.includes("i") || open.ignoresCase);
            open = { name, start, parent: open, ignoresCase, ...none };
        }
    }
    return groups
        .filter(([{ name }]) => name !== "")
        .map(([group, body]) => ({
            name: group.name,
            body,
            isOptional: isOptional(group),
            ignoresCase: group.ignoresCase,
        }));
}

/** Whether a group, or one around it, may be repeated no times, or is one of several alternatives. */
function isOptional({ isRepeated, parent }: Open): boolean {
    return isRepeated || (parent !== undefined && (parent.hasAlternatives || isOptional(parent)));
}
