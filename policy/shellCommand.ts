/** Length of the text before an option in which its command is looked for, so that the search is fast for any text. */
const LONGEST = 1_000;

/** Characters that end a command, or that open or close others inside it; not those after a backslash. */
const TOKENS = /\\[^]|[$<>]?\(|[)`|;\n]|&(?=[&\s])/g;

/**
 * The text of a shell's command before one of its options. It is without earlier commands, those in a list, pipeline or
 * line before it, and without closed expansions and groups, such as `$(date)` and `$((2 * 3))`, however deep.
 * @param end where the option begins
 */
export function commandBefore(text: string, end: number): string {
    const before = text.slice(Math.max(0, end - LONGEST), end);
    const open: { readonly closing: string; readonly around: string }[] = [];
    let [command, from] = ["", 0];
    for (const { 0: token, index } of before.matchAll(TOKENS)) {
        command += before.slice(from, index);
        from = index + token.length;
        if (token === open.at(-1)?.closing) {
            command = open.pop()?.around ?? "";
        } else if (token === "`" || token.endsWith("(")) {
            open.push({ closing: token === "`" ? token : ")", around: command });
            // A parenthesis alone can also be part of a text, such as ":(".
            command = token === "(" ? command : "";
        } else if (/^[|;&\n]/.test(token)) {
            command = "";
        }
    }
    return command + before.slice(from);
}
