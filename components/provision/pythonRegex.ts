/** How far a pattern has been read. */
interface State {
    /** Number of open groups. */
    depth: number;
    /** What a repetition would repeat. */
    last: "nothing" | "element" | "repetition";
    /** Whether flags for the whole pattern may follow. */
    isStart: boolean;
    /** Names of groups. */
    readonly names: Set<string>;
}

/** An element of a pattern: its syntax, and what it changes. Returns why Python rejects it. */
type Element = readonly [syntax: RegExp, read: (state: State, text: string, ...parts: string[]) => string | undefined];

/** Elements in the order in which they are tried. Python's rules are those of version 3.13 (Lib/re/_parser.py). */
const ELEMENTS: readonly Element[] = [
    [/\(\?#(?:\\[^]|[^\\)])*\)/y, () => undefined],
    [/\(\?[aimsu]+\)/y, ({ isStart }, text) => (isStart ? undefined : `Move the flags ${text} to its start`)],
    [/\(\?P<([^>]*)>/y, named],
    [/\(\?P=([^)]*)\)/y, (state, text, name = "") => (state.names.has(name) ? element(state) : unknown(text))],
    [/\((?!\?)|\(\?(?:[:=!>]|<[=!]|[aimsu]*(?:-[ims]*)?:)/y, opened],
    [/\(\?[A-Za-z-]*[^]?/y, (_, text) => unknown(text)],
    [/\)/y, closed],
    [/\|/y, (state) => after(state, "nothing")],
    [/\[\^?(?:\\[^]|[^\\])(?:\\[^]|[^\]\\])*\]/y, set],
    [/\[/y, () => "Close the [, or write \\[ for the character"],
    [/[$^]|\\[AbBZ]/y, (state) => after(state, "nothing")],
    [/\\(?:$|x(?![0-9A-Fa-f]{2})|(?![dDsSwWafnrtvxuUN])[A-Za-z])/y, (_, text) => unknown(text)],
    [/\\[^]/y, element],
    [/(?:[*+?]|\{(?:[0-9]+|([0-9]*),([0-9]*))\})[?+]?/y, repeated],
    [/[^]/y, element],
];

/** Comments between elements (flag x), flags for bytes (L) and groups that depend on others: only Python reads these. */
const UNREAD = /\(\?(?:[A-Za-z-]*[xL]|\()/;

/** An escape that Python rejects in a set. */
const BAD_IN_SET = /\\(?:x(?![0-9A-Fa-f]{2})|(?![bdDsSwWafnrtvxuUN])[A-Za-z])/;

/**
 * What to correct in a regular expression that Python's `re` rejects. Undefined if it accepts the expression, or if only Python can tell:
 * this never rejects what Python accepts.
 */
export function patternError(pattern: string): string | undefined {
    const state: State = { depth: 0, last: "nothing", isStart: true, names: new Set() };
    let at = UNREAD.test(pattern) ? pattern.length : 0;
    while (at < pattern.length) {
        for (const [syntax, read] of ELEMENTS) {
            syntax.lastIndex = at;
            const [text, ...parts] = syntax.exec(pattern) ?? [];
            if (text !== undefined) {
                const error = read(state, text, ...parts);
                if (error !== undefined) {
                    return error;
                }
                at += text.length;
                break;
            }
        }
    }
    return state.depth > 0 ? "Close each (, or write \\( for the character" : undefined;
}

function after(state: State, last: State["last"]): string | undefined {
    state.last = last;
    state.isStart = false;
    return undefined;
}

function element(state: State): string | undefined {
    return after(state, "element");
}

function opened(state: State): string | undefined {
    state.depth += 1;
    return after(state, "nothing");
}

function closed(state: State): string | undefined {
    state.depth -= 1;
    return state.depth < 0 ? "It has a ) too many: remove it, or write \\) for the character" : element(state);
}

function named(state: State, text: string, name = ""): string | undefined {
    if (state.names.has(name)) {
        return `It has two groups ${text}: rename one`;
    }
    state.names.add(name);
    // Python takes letters of other scripts too.
    return /^[A-Za-z_]\w*$/.test(name) || /[^\0-\x7F]/.test(name) ? opened(state) : unknown(text);
}

function set(state: State, text: string): string | undefined {
    const [bad] = BAD_IN_SET.exec(text.replaceAll("\\\\", "")) ?? [];
    return bad === undefined ? element(state) : unknown(bad);
}

function repeated(state: State, text: string, least = "", most = ""): string | undefined {
    if (state.last !== "element") {
        const help = text === "*" ? "Write .* for any text" : `Write \\${text} for the characters`;
        return `It has ${text} with nothing before to repeat. ${help}`;
    }
    return most !== "" && Number(least) > Number(most)
        ? `Write ${text} with the smaller number first`
        : after(state, "repetition");
}

function unknown(text: string): string {
    const help = text.endsWith("<") ? ". Name a group as in (?P<name>...)" : "";
    return `Python has no ${text}${help}`;
}
