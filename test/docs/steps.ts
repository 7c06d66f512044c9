import { pages, pageText } from "./pages";
import { FENCED, snippetsOf } from "./snippets";

/** Something that a page tells its reader to do: a block of bash, a command in the text, or a piece of a stack file. */
export interface Step {
    readonly heading: string;
    readonly line: number;
    readonly language: string;
    readonly text: string;
}

/** How a command in the text begins; other code in the text is a name, a setting or a value. */
const PROGRAM = /^(npm|npx|pulumi|kubectl|helm|git|sh) /;

/**
 * All that a page tells its reader to do, in order. A command in the text that some page has in a block, whole or as its
 * beginning, is only spoken of (`pulumi up`), and one that a page repeats is done once.
 */
export function stepsOf(markdown: string, told: readonly string[] = blockLines()): Step[] {
    const blocks = snippetsOf(markdown).filter(({ language }) => language === "bash" || language === "yaml");
    const inline = inText(markdown).filter(
        ({ text }, index, all) => !isToldIn(told, text) && all.findIndex((other) => other.text === text) === index,
    );
    return [...blocks, ...inline].sort((a, b) => a.line - b.line);
}

/** Every line of every block of bash. */
function blockLines(): string[] {
    return pages.flatMap((page) =>
        snippetsOf(pageText(page))
            .filter(({ language }) => language === "bash")
            .flatMap(({ text }) => text.split("\n"))
            .map(plain),
    );
}

function isToldIn(told: readonly string[], command: string): boolean {
    return told.some((line) => line === plain(command) || line.startsWith(`${plain(command)} `));
}

function plain(line: string): string {
    return line
        .replace(/ +# .*$/, "")
        .replace(/^npx /, "")
        .trim();
}

function inText(markdown: string): Step[] {
    const prose = markdown.replace(FENCED, (block) => block.replace(/[^\n]/g, ""));
    let heading = "";
    return prose.split("\n").flatMap((line, index) => {
        heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
        const codes = [...line.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
        return codes
            .filter((code) => PROGRAM.test(code))
            .map((text) => ({ heading, line: index + 1, language: "bash", text }));
    });
}
