import assert from "node:assert/strict";

import { parseArguments } from "../../tools/command";
import { parseCommandLine } from "../../tools/preview/commandLine";
import { UserError } from "../../tools/preview/userError";

const OPTIONS = {
    out: { type: "string", short: "o" },
    config: { type: "string", multiple: true },
    check: { type: "boolean" },
} as const;

const MISTAKES: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [["--out", "a", "-o", "b"], /^-?-o(ut)? is given twice\. Give it once\.\n\nthe help$/],
    [["--out", ""], /^--out needs a value\.\n\nthe help$/],
    [["--out= "], /^--out needs a value\./],
    [["--out"], /argument missing/],
    [["--no"], /^Unknown option '--no'/],
    [["--check=yes"], /does not take an argument/],
];

describe("the command line of a command", () => {
    for (const [args, message] of MISTAKES) {
        it(`is rejected: ${args.join(" ")}`, () => {
            assert.throws(
                () => parseArguments(args, OPTIONS, "the help"),
                (error) => error instanceof UserError && message.test(error.message),
            );
        });
    }

    it("may repeat options of several values, and those without a value", () => {
        const { values } = parseArguments(["--config", "a", "--config", "b", "--check", "--check"], OPTIONS, "");

        assert.deepEqual({ ...values }, { config: ["a", "b"], check: true });
    });

    for (const args of [
        ["--out", "a", "--out", "b"],
        ["--diff", "a", "--diff", "b"],
        ["--constructor", "a"],
    ]) {
        it(`is rejected by npm start: ${args.join(" ")}`, () => {
            assert.throws(() => parseCommandLine(args), UserError);
        });
    }
});
