import { readFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";

import { documents } from "../../tools/docs/documents";

const root = join(__dirname, "../..");

describe("the generated documents", () => {
    for (const { file, content, present } of documents((path) => readFileSync(join(root, path), "utf8"))) {
        it(`hold what the schema says: ${file}`, () => {
            assert.equal(present, content, "run npm run docs, and commit what it writes");
        });
    }

    it("are written anew where they are missing", () => {
        const missing = documents(() => {
            throw new Error("no such file");
        });

        assert.deepEqual(
            missing.map(({ file, present }) => [file, present]),
            missing.map(({ file }) => [file, undefined]),
        );
        assert.ok(missing.every(({ content }) => content.length > 0));
    });
});
