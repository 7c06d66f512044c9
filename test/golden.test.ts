import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { goldenOf, goldenPath, goldenStacks } from "../tools/golden/stacks";

const root = join(__dirname, "..");

describe("the objects of a shipped stack", () => {
    for (const stack of goldenStacks) {
        it(`are those of test/golden/${stack}.yaml; if the change is meant, run npm run golden and look at its diff`, async () => {
            const kept = readFileSync(goldenPath(root, stack), "utf8");

            assert.deepEqual((await goldenOf(root, stack)).split("\n"), kept.split("\n"));
        });

        it(`have no secret in test/golden/${stack}.yaml`, () => {
            const kept = readFileSync(goldenPath(root, stack), "utf8");

            assert.match(kept, /jwt-secret: '\[secret\]'/);
            assert.doesNotMatch(kept, /:\/\/[^/\s]*:[^[/\s]*@/);
        });
    }
});
