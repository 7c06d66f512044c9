import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";
import * as z from "zod";

import { snippetsOf } from "../docs/snippets";
import { ROOT, STEPS, TEXTS, WORKFLOWS } from "./files";

const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")));

/** Scripts of package.json that a shell text starts. */
function started(shell: string): readonly string[] {
    return [...shell.matchAll(/\bnpm (?:run (?:-s |--silent )?([\w:-]+)|(start|test))\b/g)].map(
        ([, script, short]) => script ?? short ?? "",
    );
}

describe("the workflows", () => {
    it("name every action by its commit, one commit and one version for each", () => {
        const actions = Object.values(TEXTS).flatMap((text) =>
            [...text.matchAll(/uses: (?!\.\/)(.+)$/gm)].map(([, name]) => name ?? ""),
        );

        for (const action of actions) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        const names = new Set(actions.map((action) => action.split("@")[0]));
        assert.equal(new Set(actions).size, names.size);
    });

    it("may no more than read, unless a job says so, and keep no credentials of the checkout", () => {
        for (const [file, { permissions }] of Object.entries(WORKFLOWS))
            assert.deepEqual(permissions, { contents: "read" }, file);
        const checkouts = STEPS.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
        assert.ok(checkouts.length > 5);
        for (const one of checkouts) assert.equal(one.with["persist-credentials"], false, `${one.file} ${one.job}`);
    });

    it("start scripts that exist, in a shell that notices what fails inside a pipe", () => {
        for (const { file, run = "" } of STEPS) {
            for (const script of started(run)) assert.ok(script in scripts, `${file}: npm run ${script}`);
            // GitHub adds pipefail only where the shell is named.
            if (run !== "") assert.equal(WORKFLOWS[file]?.defaults?.run.shell, "bash", file);
            // What GitHub fills in becomes code there, unless it is a word of our own; an environment variable stays a word.
            assert.doesNotMatch(run, /\$\{\{ (?!matrix\.)/, file);
        }
    });

    it("and the scripts have no command in a pipe that stops reading early, which fails the one before it", () => {
        const files = [".ci", ".github", "components", "test", "tools"].flatMap((folder) =>
            readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) =>
                path.join(folder, file),
            ),
        );
        const scripts = files
            .filter((file) => file.endsWith(".sh") || file === ".ci/run")
            .map((file) => ({ file, run: readFileSync(path.join(ROOT, file), "utf8") }))
            .filter(({ file, run }) => file.endsWith("review.sh") || run.includes("pipefail"));

        assert.ok(scripts.length > 2);
        for (const { file, run = "" } of [...STEPS, ...scripts])
            assert.doesNotMatch(run, /\| *(?:head|(?:grep|zgrep) +-\w*[qm]|sed [^|\n]*\d+q)\b/, file);
    });

    it("have their counterparts in the recipe for GitLab", () => {
        const { text: recipe } =
            snippetsOf(readFileSync(path.join(ROOT, "docs", "gitlab.md"), "utf8"))[0] ?? assert.fail();
        const job = z.looseObject({
            environment: z.looseObject({ name: z.string() }),
            needs: z.array(z.string()).optional(),
        });
        const jobs = z.looseObject({ ".up": job, drift: job, review: job, "stop-review": job }).parse(parse(recipe));

        const found = started(recipe);
        assert.ok(found.includes("test:cluster"));
        for (const script of found) assert.ok(script in scripts, script);
        // The kubeconfig is a variable of the environments: without naming one a job sees no cluster.
        assert.equal(jobs.drift.environment.name, jobs[".up"].environment.name);
        assert.deepEqual(jobs.drift.needs, []);
        assert.equal(jobs.review.environment.name, jobs["stop-review"].environment.name);
        for (const [, script = ""] of recipe.matchAll(/sh (\S+\.sh)/g))
            assert.ok(existsSync(path.join(ROOT, script)), script);
    });
});
