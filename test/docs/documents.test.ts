import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { documents } from "../../tools/docs/documents";

const read = (file: string) => readFileSync(join(__dirname, "../..", file), "utf8");

describe("the generated documents", () => {
    for (const { file, generate } of documents) {
        it(`hold what the program does: ${file}`, async () => {
            assert.equal(read(file), await generate(read(file)), "run npm run docs, and commit what it writes");
        });
    }

    it("leave Pulumi.yaml in the layout that Pulumi gave it", async () => {
        const [pulumiYaml] = documents.filter(({ file }) => file === "Pulumi.yaml");
        const present = JSON.stringify(parse(read("Pulumi.yaml")));

        assert.equal(await pulumiYaml?.generate(present), present);
    });
});
