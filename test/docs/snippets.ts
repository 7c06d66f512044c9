/** A fenced block of a Markdown file. */
export interface Snippet {
    /** Heading above it, and its line in the file. */
    readonly place: string;
    readonly language: string;
    readonly text: string;
}

/** Every fenced block of a Markdown file, in order. */
export function snippetsOf(markdown: string): Snippet[] {
    const snippets: Snippet[] = [];
    let heading = "";
    let open: { line: number; language: string; lines: string[] } | undefined;
    for (const [index, line] of markdown.split("\n").entries()) {
        const fence = /^```(\w*)$/.exec(line);
        if (open !== undefined && fence !== null) {
            snippets.push({
                place: `${heading}, line ${open.line}`,
                language: open.language,
                text: open.lines.join("\n"),
            });
            open = undefined;
        } else if (open !== undefined) {
            open.lines.push(line);
        } else if (fence !== null) {
            open = { line: index + 1, language: fence[1] ?? "", lines: [] };
        } else {
            heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
        }
    }
    return snippets;
}

/** Every command that a Markdown file tells its reader to type: lines of bash blocks, and code in the text. */
export function commandsOf(markdown: string): string[] {
    const blocks = snippetsOf(markdown).filter(({ language }) => language === "bash");
    const inline = [...markdown.replace(/^```[^]*?^```$/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
    return [...blocks.flatMap(({ text }) => text.split("\n")), ...inline].map((command) =>
        command.replace(/ +# .*$/, ""),
    );
}

/** The anchors of a Markdown file's headings, as GitHub names them: lower case, dashes for blanks, no other signs. */
export function anchorsOf(markdown: string): string[] {
    const seen = new Map<string, number>();
    const headings = markdown.replace(/^```[^]*?^```$/gm, "").match(/^#+ .*$/gm) ?? [];
    return headings.map((heading) => {
        const anchor = heading
            .replace(/^#+ /, "")
            .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
            .toLowerCase()
            .replace(/[^\p{L}\p{N} _-]/gu, "")
            .replaceAll(" ", "-");
        const times = seen.get(anchor) ?? 0;
        seen.set(anchor, times + 1);
        return times === 0 ? anchor : `${anchor}-${times}`;
    });
}
