import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { type Edit, type Exercise, exercises } from "./exercises";

// Follows the recipes of CONTRIBUTING.md on a copy of the repository, in as many files as they may take, and runs the suites there.

const REPOSITORY = join(__dirname, "..", "..");

const contributing = readFileSync(join(REPOSITORY, "CONTRIBUTING.md"), "utf8");

for (const { recipe, edits, limit, tests, documents } of exercises) {
    describe(`CONTRIBUTING: ${recipe}`, () => {
        let copy: string;

        before(() => {
            copy = copyOfRepository();
        });
        after(() => {
            rmSync(copy, { recursive: true });
        });

        it(`takes at most ${limit} files, and the recipe names where they lie`, () => {
            assert.ok(Object.keys(edits).length <= limit);
            const [, text = ""] = contributing.split(`## ${recipe}\n`);
            const [steps = ""] = text.split("\n## ");
            for (const file of Object.keys(edits)) {
                assert.ok(namedIn(steps, file), `${recipe} does not lead to ${file}`);
            }
        });

        it("passes types, lint and tests, and is documented", () => {
            apply(edits, copy);
            run(copy, "npx", "prettier", "--write", ...Object.keys(edits));
            run(copy, "npm", "run", "--silent", "docs");
            run(copy, "npm", "run", "--silent", "golden");
            run(copy, "npm", "run", "--silent", "check:types");
            run(copy, "npx", "eslint", ...Object.keys(edits));
            run(copy, "npm", "test", "--", ...tests);
            for (const [document, expected] of Object.entries(documents)) {
                assert.match(readFileSync(join(copy, document), "utf8"), expected);
            }
        });
    });
}

function copyOfRepository(): string {
    const copy = mkdtempSync(join(tmpdir(), "keep-exercise-"));
    const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: REPOSITORY });
    for (const file of files.toString().trim().split("\n")) {
        mkdirSync(dirname(join(copy, file)), { recursive: true });
        cpSync(join(REPOSITORY, file), join(copy, file));
    }
    symlinkSync(join(REPOSITORY, "node_modules"), join(copy, "node_modules"));
    // Some tests ask Git which files there are.
    execFileSync("git", ["init", "--quiet"], { cwd: copy });
    execFileSync("git", ["add", "--all"], { cwd: copy });
    return copy;
}

function apply(edits: Exercise["edits"], root: string): void {
    for (const [file, changes] of Object.entries(edits)) {
        for (const change of changes) {
            writeFileSync(
                join(root, file),
                changed(change, () => readFileSync(join(root, file), "utf8")),
            );
        }
    }
}

function changed(edit: Edit, read: () => string): string {
    if ("create" in edit) return edit.create;
    const [before, ...after] = read().split(edit.after);
    assert.equal(after.length, 1, `expected once: ${edit.after}`);
    return [before, edit.after, edit.insert, ...after].join("");
}

/** Whether the steps name the file or a folder that contains it; `<kind>` stands for any name. */
function namedIn(steps: string, file: string): boolean {
    const paths = [...steps.matchAll(/`([\w./<>-]+\/[\w./<>-]*)`/g)].map(([, path = ""]) => path);
    return paths.some((path) => {
        const pattern = path.replaceAll(".", "\\.").replace(/<\w+>/g, "[^/]+");
        return new RegExp(`^${pattern}${path.endsWith("/") ? "" : "$"}`).test(file);
    });
}

function run(folder: string, command: string, ...args: string[]): void {
    try {
        execFileSync(command, args, { cwd: folder, stdio: "pipe", encoding: "utf8" });
    } catch (error) {
        const { stdout, stderr } = error as { stdout: string; stderr: string };
        assert.fail(`${[command, ...args].join(" ")} failed:\n${stdout}${stderr}`);
    }
}
