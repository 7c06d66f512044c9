import assert from "node:assert/strict";

import { patternError } from "../../components/provision/pythonRegex";

/** Patterns that `re.compile` of Python 3.13 rejects, with what is to be corrected. */
const REJECTED: Readonly<Record<string, string>> = {
    "a(b": "Close each (, or write \\( for the character",
    "a)": "It has a ) too many: remove it, or write \\) for the character",
    "[a": "Close the [, or write \\[ for the character",
    "[]": "Close the [, or write \\[ for the character",
    "*": "It has * with nothing before to repeat. Write .* for any text",
    "a|+": "It has + with nothing before to repeat. Write \\+ for the characters",
    "^*": "It has * with nothing before to repeat. Write .* for any text",
    "a**": "It has * with nothing before to repeat. Write .* for any text",
    "{3}": "It has {3} with nothing before to repeat. Write \\{3} for the characters",
    "a{3,2}": "Write {3,2} with the smaller number first",
    "(?<name>a)": "Python has no (?<. Name a group as in (?P<name>...)",
    "(?P<a-b>c)": "Python has no (?P<a-b>",
    "(?P<a>b)(?P<a>c)": "It has two groups (?P<a>: rename one",
    "(?P=a)": "Python has no (?P=a)",
    "(?R)": "Python has no (?R)",
    "a(?i)b": "Move the flags (?i) to its start",
    "\\p{L}": "Python has no \\p",
    "[\\p{L}]": "Python has no \\p",
    "\\x{41}": "Python has no \\x",
    "a\\": "Python has no \\",
};

/** Patterns that it accepts, although other dialects or a simpler reading would not. */
const ACCEPTED: readonly string[] = [
    ...["[]a]", "[^]]", "[(]", "[[a]", "[a-]", "\\(", "\\[", "{", "a{", "a{b}", "a{,3}", "a{,}", "{}", "]", "}"],
    ...[
        "a*?",
        "a*+",
        "a??",
        "(a*)*",
        "()*",
        "(?=a)*",
        "a(?#)*",
        "(?#\\))",
        "(?i)(?m)a",
        "(?#a)(?i)b",
        "(?i:a)",
        "(?s-i:a)",
    ],
    ...["(?P<a>b)(?P=a)", "(?P<größe>a)", "(?>a)", "(?<=a)b", "(?<!a)b", "(a)?(?(1)b|c)", "(?x) a # (\n", "(?x-i: a)"],
    ...["\\\\p", "[\\\\p]", "\\_", "\\é", "\\N{DIGIT ONE}", "\\x41", "[\\b]", ""],
];

describe("a regular expression of Python", () => {
    for (const [pattern, help] of Object.entries(REJECTED)) {
        it(`is rejected: ${pattern}`, () => {
            assert.equal(patternError(pattern), help);
        });
    }

    for (const pattern of ACCEPTED) {
        it(`is accepted: ${JSON.stringify(pattern)}`, () => {
            assert.equal(patternError(pattern), undefined);
        });
    }
});
