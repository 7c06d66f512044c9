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

    it("leave Pulumi.yaml as Pulumi writes it: in another layout, with tags of its own", async () => {
        const [pulumiYaml] = documents.filter(({ file }) => file === "Pulumi.yaml");
        const project = parse(read("Pulumi.yaml")) as { config: Record<string, unknown> };
        project.config["pulumi:tags"] = { value: { "pulumi:template": "here" } };
        const present = JSON.stringify(project);

        assert.equal(await pulumiYaml?.generate(present), present);
    });

    it("declare no type in Pulumi.yaml: Pulumi would reject a value of another type alone, and hide all other mistakes", () => {
        const { config } = parse(read("Pulumi.yaml")) as { config: Record<string, Record<string, unknown>> };
        assert.ok(Object.keys(config).length > 30);
        assert.deepEqual(
            Object.keys(config).filter((key) => "type" in (config[key] ?? {})),
            [],
        );
    });

    it("keep the rest of Pulumi.yaml when they write their part anew", async () => {
        const [pulumiYaml] = documents.filter(({ file }) => file === "Pulumi.yaml");
        const changed = read("Pulumi.yaml").replace("default: keep", "default: other");

        assert.equal(await pulumiYaml?.generate(changed), read("Pulumi.yaml"));
    });
});
