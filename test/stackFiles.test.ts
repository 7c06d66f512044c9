import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parseDocument } from "yaml";

describe("the stack files", () => {
    for (const stack of ["dev", "prod"]) {
        it(`Pulumi.${stack}.yaml has the form that Pulumi writes, so that its commands change no other line`, () => {
            const text = readFileSync(join(__dirname, "..", `Pulumi.${stack}.yaml`), "utf8");

            // As `pulumi config set` and `pulumi stack init` write it: an indent of two, and no line broken.
            assert.equal(parseDocument(text).toString({ indent: 2, lineWidth: 0 }), text);
        });
    }
});
