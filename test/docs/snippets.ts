/** Fenced blocks with their fences, to take them out of a page. */
export const FENCED = /^ *```[^]*?^ *```$/gm;

/** A fenced block of a Markdown file. */
export interface Snippet {
    /** Heading above it. */
    readonly heading: string;
    /** Line of the file that opens it, counted from 1. */
    readonly line: number;
    readonly language: string;
    readonly text: string;
}

/** Every fenced block of a Markdown file, in order; one that belongs to a list stands without its indent. */
export function snippetsOf(markdown: string): Snippet[] {
    const snippets: Snippet[] = [];
    let heading = "";
    let open: { start: Omit<Snippet, "text">; indent: string; lines: string[] } | undefined;
    for (const [index, line] of markdown.split("\n").entries()) {
        const [, indent = "", language] = /^( *)```(\w*)$/.exec(line) ?? [];
        if (open !== undefined && language !== undefined) {
            snippets.push({ ...open.start, text: open.lines.join("\n") });
            open = undefined;
        } else if (open !== undefined) {
            open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line.trimStart());
        } else if (language !== undefined) {
            open = { start: { heading, line: index + 1, language }, indent, lines: [] };
        } else {
            heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
        }
    }
    return snippets;
}

/** Every command that a Markdown file tells its reader to type: lines of bash blocks, and code in the text. */
export function commandsOf(markdown: string): string[] {
    const blocks = snippetsOf(markdown).filter(({ language }) => language === "bash");
    const inline = [...markdown.replace(FENCED, "").matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
    return [...blocks.flatMap(({ text }) => text.split("\n")), ...inline].map((command) =>
        command.replace(/ +# .*$/, ""),
    );
}

/** The headings of a Markdown file, in order. */
export function headingsOf(markdown: string): string[] {
    return [...markdown.replace(FENCED, "").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading);
}

/** The anchors of a Markdown file's headings, as GitHub names them: lower case, dashes for blanks, no other signs. */
export function anchorsOf(markdown: string): string[] {
    const seen = new Map<string, number>();
    return headingsOf(markdown).map((heading) => {
        const anchor = heading
            .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
            .toLowerCase()
            .replace(/[^\p{L}\p{N} _-]/gu, "")
            .replaceAll(" ", "-");
        const times = seen.get(anchor) ?? 0;
        seen.set(anchor, times + 1);
        return times === 0 ? anchor : `${anchor}-${times}`;
    });
}
