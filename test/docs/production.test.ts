import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { start, withFolder } from "../tools/preview/support";
import { pageText, root } from "./pages";
import { commandsOf, snippetsOf } from "./snippets";

const page = pageText("docs/production.md");
const snippets = snippetsOf(page);
const stackFiles = snippets.filter(({ language }) => language === "yaml").map(({ text }) => text);

/** The text block that begins with a word. */
function printed(beginning: string): string[] {
    const text = snippets.find((one) => one.language === "text" && one.text.startsWith(beginning))?.text ?? "";
    return text.split("\n");
}

/** Keys of the secrets that the page sets. */
const secretKeys = commandsOf(page).flatMap((command) => /config set --secret (\S+)$/.exec(command)?.[1] ?? []);

/** What `npm start -- prod` prints for a stack file with some encrypted keys. */
async function output(stackFile: string, keys: readonly string[]): Promise<string[]> {
    return await withFolder(async (folder) => {
        for (const part of ["index.ts", "components", "Pulumi.yaml"]) symlinkSync(join(root, part), join(folder, part));
        const secrets = keys.map((key) => `    ${key}: { secure: v1:encrypted }`);
        writeFileSync(join(folder, "Pulumi.prod.yaml"), [stackFile.trimEnd(), ...secrets].join("\n"));
        const { stdout, stderr } = await start(["prod", "--out", join(folder, "manifests")], { root: folder });
        return `${stdout}${stderr}`.split("\n");
    });
}

describe("the outputs in docs/production.md", () => {
    it("are lines of the preview of all its settings, in their order", async () => {
        const configs = stackFiles.map((text) => (parse(text) as { config: object }).config);
        const lines = await output(
            stringify({ config: Object.assign({}, ...configs) as object }, { indent: 4 }),
            secretKeys,
        );
        const shown = printed("keep Keep").filter((line) => !line.startsWith("Manifests:"));

        assert.deepEqual(
            lines.filter((line) => shown.includes(line)),
            shown,
        );
    });

    it("begin the rejection of too few connections", async () => {
        const lines = await output((stackFiles[0] ?? "").replace("maxConnections: 500", "maxConnections: 100"), [
            "keep:databasePassword",
        ]);
        const [first, second = ""] = printed("1 problem");

        assert.ok(lines.includes(first ?? "no output"));
        assert.ok(lines.some((line) => line.startsWith(second.replace(/Pulumi\.prod\.yaml:\S+ |…$/g, ""))));
    });
});
