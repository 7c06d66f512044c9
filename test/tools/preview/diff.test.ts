import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { compare } from "../../../tools/preview/diff";
import { FIXTURE, start, withFolder } from "./support";

const ROOT = join(__dirname, "..", "..", "..");

/** The fixture as a project of its own with today's tools. */
async function withProject(use: (folder: string) => Promise<void>): Promise<void> {
    await withFolder(async (folder) => {
        cpSync(FIXTURE, folder, { recursive: true });
        cpSync(join(ROOT, "tools"), join(folder, "tools"), { recursive: true });
        for (const file of ["package.json", "package-lock.json"]) {
            cpSync(join(ROOT, file), join(folder, file));
        }
        symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
        await use(folder);
    });
}

function git(folder: string, ...args: string[]): string {
    const settings = ["user.name=t", "user.email=t@example.com", "commit.gpgsign=false", "init.defaultBranch=main"];
    return execFileSync("git", [...settings.flatMap((setting) => ["-c", setting]), ...args], {
        cwd: folder,
        encoding: "utf8",
    });
}

describe("npm start -- --diff", () => {
    it("shows what the stack changes against a revision, and leaves the repository as it was", async () => {
        await withProject(async (root) => {
            writeFileSync(join(root, ".gitignore"), "node_modules\n");
            git(root, "init", "--quiet");
            git(root, "add", ".");
            git(root, "commit", "--quiet", "--message", "before");
            const program = readFileSync(join(root, "index.ts"), "utf8");
            writeFileSync(join(root, "index.ts"), program.replace("shop:1.0", "shop:2.0"));
            const status = git(root, "status", "--porcelain", "--untracked-files=all");

            const { code, stdout, stderr } = await start(["--diff", "HEAD", "--exit-code"], { root });

            assert.equal(stderr, "Against HEAD: 1 file changed, 0 added, 0 removed\n");
            assert.match(stdout, /^--- a\/pod-shop\.yaml\n\+\+\+ b\/pod-shop\.yaml\n@@ /);
            assert.deepEqual(stdout.match(/^[-+] .*$/gm), ["-      image: shop:1.0", "+      image: shop:2.0"]);
            assert.equal(code, 1);
            assert.equal(git(root, "status", "--porcelain", "--untracked-files=all"), status);
            assert.equal(git(root, "worktree", "list").trim().split("\n").length, 1);

            const unknown = await start(["--diff", "nowhere"], { root });
            assert.deepEqual([unknown.code, unknown.stdout], [2, ""]);
            assert.match(unknown.stderr, /^nowhere is no git revision here/);

            writeFileSync(join(root, "Pulumi.fresh.yaml"), "config:\n  keep:title: Fresh\n");
            const fresh = await start(["fresh", "--diff", "HEAD"], { root, isTTY: true });
            assert.match(fresh.stderr, /^HEAD has no Pulumi\.fresh\.yaml, so everything is new\n/);
            assert.match(fresh.stderr, /1 file changed, 3 added, 0 removed\n$/);
            assert.ok(fresh.stdout.includes("\u001B[32m+kind: Pod\u001B[39m"), fresh.stdout);
            assert.equal(fresh.code, 0);
        });
    });

    it("needs a git checkout", async () => {
        await withProject(async (root) => {
            const { code, stderr } = await start(["--diff", "HEAD"], { root });

            assert.equal(code, 2);
            assert.match(stderr, /this is not a git checkout\n$/);
        });
    });
});

describe("the comparison of two sides", () => {
    const side = (...names: string[]) => ({
        outputs: {},
        manifests: names.map((name) => {
            const urn = `urn-${name.replace(/-.*/, "")}`;
            return { kind: "Secret", name, namespace: undefined, urn, content: { kind: "Secret", metadata: { name } } };
        }),
    });

    it("is empty for equal ones", () => {
        assert.deepEqual(compare(side("a"), side("a")), { patch: "", changed: 0, added: 0, removed: 0 });
    });

    it("knows an object again whose generated name has changed", () => {
        const { patch, ...counts } = compare(side("a-1", "b"), side("a-2", "c"));

        assert.deepEqual(counts, { changed: 1, added: 1, removed: 1 });
        assert.match(patch, /^--- a\/secret-a-1\.yaml\n\+\+\+ b\/secret-a-2\.yaml\n/);
        assert.match(patch, /--- a\/secret-b\.yaml\n\+\+\+ \/dev\/null\n/);
        assert.match(patch, /--- \/dev\/null\n\+\+\+ b\/secret-c\.yaml\n/);
    });
});
