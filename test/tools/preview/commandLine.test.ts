import assert from "node:assert/strict";

import { parseCommandLine } from "../../../tools/preview/commandLine";

describe("the command line", () => {
    it("previews dev as a tree unless told otherwise", () => {
        const { stack, output, overrides, out, showSecrets } = parseCommandLine([]);

        assert.deepEqual(
            { stack, output, overrides, out, showSecrets },
            {
                stack: "dev",
                output: "tree",
                overrides: [],
                out: undefined,
                showSecrets: false,
            },
        );
    });

    it("takes values after a blank or an equals sign, and --config many times", () => {
        const line = parseCommandLine([
            "prod",
            "--config",
            "a=1",
            "-c",
            "b=2=3",
            "--config=c=4",
            "--out=x",
            "--show-secrets",
        ]);

        assert.deepEqual(line.overrides, ["a=1", "b=2=3", "c=4"]);
        assert.deepEqual([line.stack, line.out, line.showSecrets], ["prod", "x", true]);
    });

    it("knows each kind of output", () => {
        const outputOf = (...args: string[]) => parseCommandLine(args).output;

        assert.deepEqual(
            [outputOf("--stdout"), outputOf("--json"), outputOf("--list-images"), outputOf("--diff", "main")],
            ["manifests", "json", "images", "diff"],
        );
    });

    const refused: [string[], RegExp][] = [
        [["--jsn"], /^--jsn is not an option; did you mean --json\?$/],
        [["--everything"], /^--everything is not an option; .*--help/],
        [["-x"], /^-x is not an option/],
        [["dev", "prod"], /^npm start takes one stack, not dev, prod\. /],
        [["--json", "--stdout"], /^--stdout and --json exclude each other\. /],
        [["--exit-code"], /^--exit-code needs --diff/],
        [["--json=yes"], /^--json=yes: the option takes no value\. /],
        [["--out"], /^--out needs a value/],
        [["--config", "release"], /^--config release is not key=value\. Write it like /],
        [["--diff", "main", "--config-base", "="], /^--config = is not key=value/],
        [["--diff", "--exit-code"], /^--diff needs a value/],
    ];
    for (const [args, message] of refused) {
        it(`refuses ${args.join(" ")}`, () => {
            assert.throws(() => parseCommandLine(args), { name: "Error", message });
        });
    }
});
