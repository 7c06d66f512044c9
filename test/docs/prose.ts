import { FENCED } from "./snippets";

/** Words of our own making, or of no field, each with what to write instead (CONTRIBUTING.md, Glossary). */
export const BANNED: Readonly<Record<string, string>> = {
    "ways? in\\b": "ingress",
    "ways? out\\b": "fix",
    "goes? on with": "continues to use",
    "comes? to (its|an) end": "finishes, succeeds, fails",
    "stands? in (plain|a)": "is in",
    "for good\\b": "forever",
    "a Keep of\\b": "an installation",
    "speaks? like": "compatible",
    "(program|stack|chart|page|output|keep|docs/\\S+) (also )?(tells?|wants?|knows?)\\b": "prints, requires, reads",
    "takes? over by itself": "applies",
    "begins? anew|made anew|generated anew": "again",
    "is not to be had": "is not available",
    "nobody else('s)?": "only",
    "whoever|whomever": "anyone who",
    "it is meant\\b": "you allow it",
    "stand-ins?\\b": "placeholder values",
    "is refused|are refused": "is rejected",
    "looks? for drift": "detects drift",
};

/** Longest sentence, in words. */
export const LONGEST = 25;

/** The sentences of a Markdown page outside of tables, code blocks, comments and headings, each in plain text. */
export function sentencesOf(markdown: string): string[] {
    const paragraphs = markdown
        .replace(FENCED, "\n")
        .replace(/<!--[^]*?-->/g, "\n")
        .split("\n")
        .filter((line) => !/^\s*(\||#|!\[|\[!\[|---)/.test(line))
        // Each item of a list is a paragraph of its own.
        .map((line) => line.replace(/^\s*(?:[-*]|\d+\.) /, "\n"))
        .join("\n")
        .split(/\n\s*\n/);
    return paragraphs
        .map((paragraph) => plain(paragraph).replace(/\s+/g, " ").trim())
        .flatMap((paragraph) => paragraph.split(/(?<=[.!?:;])\s+(?=["\p{L}\d])|(?<=[:;])\s/u))
        .filter((sentence) => sentence !== "");
}

/** Links by their text; code counts as one word, whatever is in it. */
function plain(paragraph: string): string {
    return paragraph
        .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
        .replace(/`[^`]*`/g, "code")
        .replace(/[*_]{2}/g, "");
}

/** What is wrong with a page's sentences. */
export function faultsOf(markdown: string): string[] {
    return sentencesOf(markdown).flatMap((sentence) => {
        const words = sentence.split(" ").length;
        const banned = Object.entries(BANNED).filter(([word]) => new RegExp(`\\b${word}`, "i").test(sentence));
        return [
            ...(words > LONGEST ? [`${words} words: ${sentence}`] : []),
            ...banned.map(([word, better]) => `"${word}" (${better}): ${sentence}`),
        ];
    });
}
