import { nearest } from "../../fields/nearest";

/** An option of mysqld, as in mysql9.tsv. */
export interface Option {
    readonly type: string;
    /** Words that the value consists of. */
    readonly words: readonly string[];
}

/**
 * Why mysqld does not start with a value, or replaces it by another; undefined if it uses it. mysqld reads a number
 * without digits as 0, and another Boolean as OFF.
 */
export function valueFault({ type, words }: Option, name: string, value: string): string | undefined {
    const isKnown = (word: string) => words.some((known) => known.toLowerCase() === word.toLowerCase());
    // mysys/typelib.cc, find_type: an unambiguous beginning of a word is the word.
    const isBegun = (word: string) =>
        isKnown(word) ||
        (word !== "" && words.filter((known) => known.toLowerCase().startsWith(word.toLowerCase())).length === 1);
    const items = value === "" ? [] : value.split(",");
    switch (type) {
        case "bool":
            return /^(on|off|true|false|0|1)$/i.test(value) ? undefined : "is not a boolean. Use ON or OFF";
        case "integer":
            return /^-?\d+([KMGTPE]B?)?$/i.test(value)
                ? undefined
                : "is not a whole number. Write it like 100, or a size like 512M";
        case "real":
            return /^-?(\d+\.?\d*|\.\d+)$/.test(value) ? undefined : "is not a number. Write it like 0.5";
        case "enum":
            return isBegun(value) || (/^\d+$/.test(value) && Number(value) < words.length)
                ? undefined
                : `is not a known value. ${wordFix(words, name, value)}`;
        case "word":
            return isKnown(value) ? undefined : `is not a known value. ${wordFix(words, name, value)}`;
        case "set": {
            const unknown = /^\d+$/.test(value) ? undefined : items.find((item) => !isBegun(item));
            return unknown === undefined
                ? undefined
                : `contains ${JSON.stringify(unknown)}, which is not a known word. Separate words by commas without blanks. ${wordFix(words, name, unknown)}`;
        }
        case "flags": {
            const isFlag = (item: string) => {
                const [, word = ""] = /^(\w+)=(on|off|default)$/i.exec(item) ?? [];
                return isKnown(word);
            };
            return value.toLowerCase() === "default" || items.every(isFlag)
                ? undefined
                : `contains something else than flags. Write them like ${words[0] ?? ""}=off, separated by commas without blanks`;
        }
        default:
            return undefined;
    }
}

/** What to do about an unknown word: use the most similar one, or one of a short list. */
function wordFix(words: readonly string[], name: string, word: string): string {
    if (words.length <= 12) {
        return `Use one of ${words.join(", ")}`;
    }
    const best = nearest(word, words);
    const page = "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html";
    return best === undefined ? `See ${page}#sysvar_${name}` : `Perhaps you meant ${best}`;
}
