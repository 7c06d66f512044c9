import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { changeSummary } from "../../../tools/preview/changes";
import { type CommandLine, parseCommandLine } from "../../../tools/preview/commandLine";
import { compare, sideAfter } from "../../../tools/preview/diff";
import { preview } from "../../../tools/preview/project";
import { type Side, sideOf } from "../../../tools/preview/side";
import type { Written } from "../../support/config";
import { FIXTURE, start, withFolder } from "./support";

const ROOT = join(__dirname, "..", "..", "..");

/** The fixture as a project of its own with today's tools. */
async function withProject(use: (folder: string) => Promise<void>): Promise<void> {
    await withFolder(async (folder) => {
        cpSync(FIXTURE, folder, { recursive: true });
        cpSync(join(ROOT, "tools"), join(folder, "tools"), { recursive: true });
        for (const file of [
            "package.json",
            "package-lock.json",
            "components/fields",
            "components/settings/depth.ts",
            "components/settings/outsideConfig.ts",
        ]) {
            cpSync(join(ROOT, file), join(folder, file), { recursive: true });
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

            assert.equal(stderr, "Since HEAD: 0 objects created, 1 changed, 0 replaced, 0 deleted\n");
            assert.match(
                stdout,
                /^# .*\n#   changed  Pod shop\/shop\n--- a\/pod-shop\.yaml\n\+\+\+ b\/pod-shop\.yaml\n@@ /,
            );
            assert.deepEqual(stdout.match(/^[-+] .*$/gm), ["-      image: shop:1.0", "+      image: shop:2.0"]);
            assert.equal(code, 1);
            assert.equal(git(root, "status", "--porcelain", "--untracked-files=all"), status);
            assert.equal(git(root, "worktree", "list").trim().split("\n").length, 1);

            const configured = (...options: string[]) => start(["--diff", "HEAD", ...options], { root });
            const both = await configured("--config", "greeting=welcome");
            const head = await configured("--config-head", "greeting=welcome");
            const base = await configured("--config-base", "greeting=welcome");
            assert.doesNotMatch(both.stdout, /^[-+].*welcome/m);
            assert.match(head.stdout, /^\+ +greeting: welcome$/m);
            assert.match(base.stdout, /^- +greeting: welcome$/m);

            const broken = await configured("--config-base", "failure=mistake");
            assert.match(broken.stderr, /at HEAD failed\. Set missing keys .*--config-base/);

            const unknown = await start(["--diff", "nowhere"], { root });
            assert.deepEqual([unknown.code, unknown.stdout], [2, ""]);
            assert.match(unknown.stderr, /^--diff nowhere is not a revision in this repository/);

            writeFileSync(join(root, "Pulumi.fresh.yaml"), "config:\n  keep:title: Fresh\n");
            const fresh = await start(["fresh", "--diff", "HEAD"], { root, isTTY: true });
            assert.match(fresh.stderr, /^HEAD has no Pulumi\.fresh\.yaml, so all objects are new\n/);
            assert.match(fresh.stderr, /3 objects created, 0 changed, 0 replaced, 0 deleted\n$/);
            assert.ok(fresh.stdout.includes("\u001B[32m+kind: Pod\u001B[39m"), fresh.stdout);
            assert.equal(fresh.code, 0);
        });
    });

    it("needs a git checkout", async () => {
        await withProject(async (root) => {
            const { code, stderr } = await start(["--diff", "HEAD"], { root });

            assert.equal(code, 2);
            assert.match(stderr, /this folder is not a git repository\. Run it in a clone\n$/);
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
        assert.deepEqual(compare(side("a"), side("a")), { changes: [], patch: "" });
    });

    it("recognizes an object whose generated name has changed, and says that it is replaced", () => {
        const { patch, changes } = compare(side("a-1", "b"), side("a-2", "c"));

        assert.deepEqual(
            changes.map(({ action, before, after }) => [action, before?.name, after?.name]),
            [
                ["deleted", "b", undefined],
                ["replaced", "a-1", "a-2"],
                ["created", undefined, "c"],
            ],
        );
        assert.match(patch, /--- a\/secret-a-1\.yaml\n\+\+\+ b\/secret-a-2\.yaml\n/);
        assert.match(patch, /--- a\/secret-b\.yaml\n\+\+\+ \/dev\/null\n/);
        assert.match(patch, /--- \/dev\/null\n\+\+\+ b\/secret-c\.yaml\n/);
    });
});

/** Options of a preview of dev with some settings written differently. */
function optionsWith(settings: Written): CommandLine {
    const overrides = Object.entries(settings).map(
        ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
    );
    return parseCommandLine(["dev", "--diff", "HEAD", ...overrides.flatMap((setting) => ["--config", setting])]);
}

async function sideWith(settings: Written): Promise<Side> {
    return sideOf(await preview(ROOT, "dev", { ...optionsWith(settings), seed: "key" }), false, "key");
}

describe("the summary of a comparison of Keep's stacks", () => {
    /** Settings on both sides, and what the summary must say of the step from one to the other. */
    const steps: Readonly<Record<string, readonly [before: Written, after: Written, ...lines: RegExp[]]>> = {
        "another kind of database": [
            {},
            { database: { kind: "mysql" } },
            /^! deletes PersistentVolumeClaim keep\/keep-sqlite with everything in it$/m,
            /^! pulumi up rejects this change:\n! {3}keep:database /m,
            /^# {3}created {2}PersistentVolumeClaim keep\/keep-mysql$/m,
            /^# restarts pods of .*keep-backend/m,
            /^# runs keep-setup$/m,
        ],
        "another server in the cluster, with the same password": [
            { database: { kind: "postgres" }, databasePassword: "one" },
            { database: { kind: "mysql" }, databasePassword: "one" },
            /^# restarts pods of (?=.*keep-backend)/m,
            /^# runs keep-setup$/m,
        ],
        "a retained disk": [
            { database: { kind: "postgres", volume: { retain: true } } },
            { database: { kind: "mysql" } },
            /^! deletes PersistentVolumeClaim keep\/keep-postgres from the stack; the object stays in the cluster/m,
        ],
        "another namespace": [
            {},
            { namespace: { name: "other" } },
            /^! deletes Namespace keep with everything in it$/m,
            /^# {3}created {2}Namespace other$/m,
        ],
        "a smaller disk": [
            { database: { kind: "sqlite", volume: { size: "20Gi" } } },
            { database: { kind: "sqlite", volume: { size: "10Gi" } } },
            /^! {3}keep:database\.volume\.size /m,
        ],
        "a setting of one tier": [{}, { frontend: { env: { A: "b" } } }, /^# restarts pods of keep-frontend$/m],
        "another password": [
            { database: { kind: "postgres" }, databasePassword: "one" },
            { database: { kind: "postgres" }, databasePassword: "two" },
            /^# {3}replaced Secret keep\/keep\.database \(stringData cannot be updated; values of secrets only\)$/m,
            /^# restarts pods of (?=.*keep-backend)(?=.*keep-database)/m,
        ],
        "another version": [
            { database: { kind: "postgres" } },
            { database: { kind: "postgres" }, version: "0.55.0" },
            /^# {3}replaced Job keep\/keep-setup \(spec\.template cannot be updated\)$/m,
            /^# runs keep-setup$/m,
        ],
        "another class of a load balancer": [
            { backend: { service: { type: "LoadBalancer" } } },
            { backend: { service: { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" } } },
            /^# {3}replaced Service keep\/keep-backend \(spec\.loadBalancerClass cannot be updated\)$/m,
        ],
    };
    for (const [what, [before, after, ...lines]] of Object.entries(steps)) {
        it(`tells ${what}`, async () => {
            const old = await sideWith(before);
            const { side, rejections } = await sideAfter(ROOT, optionsWith(after), old, "key");
            const summary = changeSummary(compare(old, side).changes, rejections);

            for (const line of lines) assert.match(summary, line);
        });
    }

    it("says nothing where nothing changes", async () => {
        const { changes, patch } = compare(await sideWith({}), await sideWith({}));

        assert.deepEqual([changeSummary(changes, []), patch], ["", ""]);
    });
});
