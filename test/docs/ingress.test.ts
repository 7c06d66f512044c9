import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";

import { everyKind } from "../support/ingressConfigs";
import { problemsOfEach } from "../support/refusals";

const text = readFileSync(path.join(__dirname, "..", "..", "docs", "ingress.md"), "utf8");

/** The recipe of each section, by the kind that heads it. */
const recipes = new Map(
    [...text.matchAll(/^## (\S+)\n(?:(?!^## )[\s\S])*?```yaml\n([\s\S]*?)```/gm)].map(([, kind = "", yaml = ""]) => [
        kind,
        (parse(yaml) as { config: Record<string, unknown> }).config,
    ]),
);

describe("docs/ingress.md", () => {
    it("has a recipe and a row for every kind", () => {
        assert.deepEqual([...recipes.keys()], everyKind);
        for (const kind of everyKind) assert.match(text, new RegExp(`^\\| \`${kind}\` +\\|`, "m"));
    });

    it("has recipes that a stack takes", async () => {
        const stacks = [...recipes.values()].map((recipe) => ({
            config: Object.fromEntries(
                Object.entries(recipe).map(([key, value]) => [
                    key,
                    typeof value === "string" ? value : JSON.stringify(value),
                ]),
            ),
        }));
        assert.deepEqual(
            await problemsOfEach(stacks),
            stacks.map(() => []),
        );
    });

    it("has a recipe of the kind that heads it", () => {
        for (const [kind, recipe] of recipes) {
            assert.equal((recipe["keep:ingress"] as { kind: string }).kind, kind);
        }
    });
});
