import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { migrate } from "../../../tools/migrate/migrate";
import { readSources } from "../../../tools/fromChart/source";
import { readStack } from "../../../tools/preview/stackFile";
import { UserError } from "../../../tools/preview/userError";

/** Files of which a parser prints a part, with a password in it. migrate keeps aliases as they are. */
const FILES: Readonly<Record<string, string>> = {
    "an alias": "config:\n  keep:databasePassword: *hunter2\n",
    "two anchors": "config:\n  keep:databasePassword: &hunter2 &hunter2 x\n",
    "a quote that is not closed": 'config:\n  keep:databasePassword: "hunter2\n',
    "text after a quote": 'config:\n  keep:databasePassword: "a" hunter2\n',
    "a wrong indentation": "config:\n  keep:databasePassword: hunter2\n keep:release: a\n",
    "a colon in a value": "config:\n  keep:databasePassword: hunter2: x\n",
    "a list that is not closed": "config:\n  keep:databasePassword: [hunter2\n",
    "an escape": 'config:\n  keep:databasePassword: "\\hunter2"\n',
    "a handle of a tag": "config:\n  keep:databasePassword: !hunter2!x y\n",
    "a key that is given twice": "config:\n  keep:a: hunter2\n  keep:a: hunter2\n",
};

function messageOf(run: () => unknown): string {
    try {
        run();
    } catch (error) {
        assert.ok(error instanceof UserError, String(error));
        return error.message;
    }
    return assert.fail("The file is valid.");
}

describe("a message about a file that is not valid YAML", () => {
    let folder = "";
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "keep-yaml-"));
        writeFileSync(join(folder, "Pulumi.yaml"), "name: keep\nruntime: nodejs\n");
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });

    for (const [what, content] of Object.entries(FILES)) {
        it(`has no text of ${what}`, () => {
            writeFileSync(join(folder, "Pulumi.dev.yaml"), content);
            const messages = [
                ...(what === "an alias" ? [] : [messageOf(() => migrate(content))]),
                messageOf(() => readSources([{ name: "values.yaml", text: content }])),
                messageOf(() => readStack(folder, "dev", () => "x")),
            ];

            for (const message of messages) {
                assert.match(message, /is not valid YAML: [A-Za-z]/);
                assert.doesNotMatch(message, /hunter2|\n/);
            }
        });
    }
});
