import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { messagesOf, messagesPath } from "../tools/golden/messages";

const root = join(__dirname, "..");

describe("the messages for every mistake of test/*/mistakes.yaml", () => {
    it("are those of test/golden/messages.txt; if the change is meant, run npm run golden and read its diff", async () => {
        const kept = readFileSync(messagesPath(root), "utf8");

        assert.deepEqual((await messagesOf(root)).split("\n"), kept.split("\n"));
    });
});
