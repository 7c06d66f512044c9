import assert from "node:assert/strict";

import { prodResources } from "../../tools/docs/prodStack";
import { placeholders, scenes } from "../e2e/documents/scenes";
import { notRun } from "./notRun";
import { pages, pageText } from "./pages";
import { headingsOf, snippetsOf } from "./snippets";
import { stepsOf } from "./steps";

/** All that test/e2e/documents.test.ts runs. */
const commands = pages
    .flatMap((page) => stepsOf(pageText(page)))
    .filter(({ language }) => language === "bash")
    .flatMap(({ text }) => text.split("\n").map((line) => line.replace(/ +# .*$/, "")));

describe("the commands of the documents, which test/e2e/documents.test.ts runs", () => {
    it("stand in blocks that are marked as bash, so that none is overlooked", () => {
        const languages = new Set(pages.flatMap((page) => snippetsOf(pageText(page)).map(({ language }) => language)));

        assert.deepEqual([...languages].sort(), ["bash", "go", "java", "json", "python", "sql", "text", "ts", "yaml"]);
    });

    it("have scenes that begin at headings of their pages", () => {
        for (const [page, own] of Object.entries(scenes)) {
            const headings = headingsOf(pageText(page));
            for (const heading of Object.keys(own)) assert.ok(headings.includes(heading), `${page}: ${heading}`);
        }
    });

    it("are left out with a reason only where a page has them", () => {
        assert.deepEqual(
            Object.keys(notRun).filter((command) => !commands.includes(command)),
            [],
        );
    });

    it("have no placeholder that nobody fills", () => {
        const names = Object.keys(placeholders).filter((name) => name.includes("<"));
        const open = commands
            .filter((command) => !(command in notRun))
            .map((command) => names.reduce((filled, name) => filled.replaceAll(name, ""), command))
            .filter((command) => /<[a-z ]+>/.test(command));

        assert.deepEqual(open, []);
    });

    it("select pods of one release only, because a namespace can have several", () => {
        const selecting = commands.filter((command) => command.includes("app.kubernetes.io/component"));

        assert.ok(selecting.length > 2);
        assert.deepEqual(
            selecting.filter((command) => !command.includes("app.kubernetes.io/instance=")),
            [],
        );
    });

    it("name generated passwords that there are", async () => {
        const resources = await prodResources();
        const generated = resources.filter(({ type }) => type.endsWith(":RandomPassword")).map(({ name }) => name);
        const named = pages.flatMap((page) =>
            [...pageText(page).matchAll(/\*\*:RandomPassword::([\w-]+)/g)].map(([, name = ""]) => name),
        );

        assert.ok(named.length > 4);
        assert.deepEqual(
            named.filter((name) => !generated.includes(name)),
            [],
        );
    });
});
