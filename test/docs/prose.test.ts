import assert from "node:assert/strict";

import { pages, pageText } from "./pages";
import { faultsOf, LONGEST } from "./prose";

describe("the language of the documents", () => {
    // The sentences of docs/configuration.md are descriptions of settings, which stand in components/.
    for (const page of pages.filter((file) => file !== "docs/configuration.md")) {
        it(`has sentences of at most ${LONGEST} words, in the words of the field: ${page}`, () => {
            assert.deepEqual(faultsOf(pageText(page)), []);
        });
    }

    it("finds a long sentence and a banned word, and passes over tables and code", () => {
        const long = Array(LONGEST + 1)
            .fill("word")
            .join(" ");

        assert.deepEqual(faultsOf(`${long}.\n\n| ${long} |\n\n\`\`\`text\n${long}\n\`\`\`\n`), [
            `${LONGEST + 1} words: ${long}.`,
        ]);
        assert.equal(faultsOf("The program tells the address.").length, 1);
    });
});
