import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { parse } from "yaml";
import { z } from "zod";

import { list } from "../cluster/api/list";
import { testCluster } from "../cluster/connection";
import { notRun } from "../docs/notRun";
import { pages, pageText } from "../docs/pages";
import { settingsIn } from "../docs/settings";
import { headingsOf } from "../docs/snippets";
import { type Step, stepsOf } from "../docs/steps";
import { ChartRelease } from "./chartRelease";
import { Reader } from "./documents/reader";
import { PLAIN, placeholders, type Scene, scenes } from "./documents/scenes";
import { describeWithFakePods } from "./pods";

/** What a reader's commands call beside Node, Git and Pulumi. */
const PROGRAMS = ["kubectl", "helm", "jq", "openssl"];

/** A scene can have several deployments. */
const PATIENCE = 600_000;

interface Part {
    readonly from: string;
    readonly scene: Scene;
    readonly steps: readonly Step[];
}

/** The steps of a page by the scenes in which they are done; scenes without a command are left out. */
function partsOf(page: string): Part[] {
    const own = scenes[page] ?? {};
    const [title = "", ...headings] = headingsOf(pageText(page));
    const parts: { from: string; under: string[] }[] = [{ from: title, under: [title] }];
    for (const heading of headings) {
        if (heading in own) parts.push({ from: heading, under: [] });
        parts.at(-1)?.under.push(heading);
    }
    const steps = stepsOf(pageText(page));
    return parts
        .map(({ from, under }) => ({
            from,
            scene: own[from] ?? PLAIN,
            steps: steps.filter(({ heading }) => under.includes(heading)),
        }))
        .filter((part) => part.steps.some(({ language, text }) => language === "bash" && typed(text).trim() !== ""));
}

/** The commands of a block as a reader types them; those that no test can run are left out, or asked for their help. */
function typed(text: string): string {
    const lines = text.split("\n").map((line) => {
        const command = line.replace(/ +# .*$/, "");
        if (!(command in notRun)) return line;
        return /^(npx )?pulumi \w+ /.test(command) ? `${command} --help > /dev/null` : "";
    });
    return Object.entries(placeholders).reduce((done, [name, value]) => done.replaceAll(name, value), lines.join("\n"));
}

async function follow(reader: Reader, { scene, steps }: Part, page: string): Promise<void> {
    reader.write("Pulumi.dev.yaml", prefixed(scene.settings ?? {}));
    await reader.run(scene.before);
    for (const { language, line, text } of steps) {
        if (language === "bash") {
            await reader.run(typed(text)).catch((error: unknown) => {
                throw new Error(`${page}, line ${line}: ${error instanceof Error ? error.message : String(error)}`);
            });
        } else if (scene.stackFile !== undefined) {
            const settings = settingsIn(parse(typed(text)));
            if (settings !== undefined) reader.write(scene.stackFile, settings);
        }
    }
}

function prefixed(settings: object): Record<string, unknown> {
    return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`keep:${key}`, value]));
}

describeWithFakePods("a reader who does what the documents say", () => {
    const { client } = testCluster();
    const namespace = z.object({ metadata: z.object({ name: z.string() }) });
    const namespaces = async () =>
        (await list(client, "/api/v1/namespaces", namespace)).map(({ metadata }) => metadata.name);

    let others: readonly string[];
    let reader: Reader;

    before(() => {
        for (const program of PROGRAMS) {
            const { status } = spawnSync("sh", ["-c", `command -v ${program}`]);
            assert.equal(status, 0, `the documents' commands need ${program} on the PATH`);
        }
    });
    beforeEach(async () => {
        others = await namespaces();
        reader = await Reader.arrive(new ChartRelease(client, "keep", "keep").objects());
    });
    afterEach(async () => {
        const made = (await namespaces()).filter((name) => !others.includes(name));
        if (made.length > 0) await reader.run(`kubectl delete namespace --ignore-not-found ${made.join(" ")}`);
        reader.leave();
    });

    // The changelog names commands, and asks nobody to run them.
    for (const page of pages.filter((one) => one !== "CHANGELOG.md")) {
        for (const part of partsOf(page)) {
            it(`succeeds in ${page}, from "${part.from}"`, async function () {
                this.timeout(PATIENCE);
                await follow(reader, part, page);
            });
        }
    }
});
