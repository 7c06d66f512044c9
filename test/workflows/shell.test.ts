import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { STEPS } from "./files";

describe("the shell of the workflows", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "keep-workflow-"));
        mkdirSync(path.join(folder, "bin"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    function install(program: string, script: string): void {
        const file = path.join(folder, "bin", program);
        writeFileSync(file, `#!/bin/sh\n${script}\n`);
        chmodSync(file, 0o755);
    }

    /** Runs the one step whose shell has a word, as a runner does, with the environment that GitHub would have filled in. */
    function run(file: string, word: string, environment: Readonly<Record<string, string>> = {}) {
        const found = STEPS.filter((one) => one.file === file && one.run?.includes(word) === true);
        assert.equal(found.length, 1, `${file} ${word}`);
        const [{ env, run: shell = "" } = assert.fail()] = found;
        const files = Object.fromEntries(
            ["GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"].map((name) => [
                name,
                path.join(folder, name),
            ]),
        );
        for (const name of Object.keys(environment)) assert.ok(name in env, `${file}: no step gets ${name}`);
        const { status, stdout, stderr } = spawnSync(
            "bash",
            ["--noprofile", "--norc", "-eo", "pipefail", "-c", shell],
            {
                cwd: folder,
                encoding: "utf8",
                env: {
                    PATH: `${path.join(folder, "bin")}:${process.env.PATH ?? ""}`,
                    HOME: folder,
                    RUNNER_TEMP: folder,
                    ...Object.fromEntries(Object.keys(env).map((name) => [name, ""])),
                    ...environment,
                    ...files,
                },
            },
        );
        return { status, output: stdout + stderr };
    }

    const written = (name: string) => readFileSync(path.join(folder, name), "utf8");

    for (const [environment, available] of [
        [{}, false],
        [{ TOKEN: "pul-x" }, true],
        [{ BACKEND: "s3://state" }, false],
        [{ PASSPHRASE: "x" }, false],
        [{ BACKEND: "s3://state", PASSPHRASE: "x" }, true],
    ] as const) {
        it(`previews ${available ? "by Pulumi" : "in-process"} with ${Object.keys(environment).join(" and ") || "nothing"}`, () => {
            assert.equal(run("preview.yml", "available=", environment).status, 0);
            assert.equal(written("GITHUB_OUTPUT"), `available=${available}\n`);
        });
    }

    it("puts the difference of manifests into the summary", () => {
        install("npm", 'echo "$*"; echo "+ spec"');

        assert.equal(run("preview.yml", "difference.txt", { STACK: "dev", BASE: "abc" }).status, 0);
        assert.match(
            written("GITHUB_STEP_SUMMARY"),
            /changes in dev\n````diff\nstart --silent -- dev --diff abc\n\+ spec\n````\n$/,
        );
    });

    it("says so where the manifests stay as they are", () => {
        install("npm", 'echo "dev makes the same" >&2');

        assert.equal(run("preview.yml", "difference.txt", { STACK: "dev", BASE: "abc" }).status, 0);
        assert.match(written("GITHUB_STEP_SUMMARY"), /changes in dev\nNothing\.\n$/);
    });

    it("fails where the difference cannot be told", () => {
        install("npm", "echo half; exit 1");

        assert.equal(run("preview.yml", "difference.txt", { STACK: "dev", BASE: "abc" }).status, 1);
        assert.equal(existsSync(path.join(folder, "GITHUB_STEP_SUMMARY")), false);
    });

    it("hands the kubeconfig on in a file for nobody else, and asks for one that is missing", () => {
        const missing = run("stack.yml", "kubeconfig");
        assert.equal(missing.status, 1);
        assert.match(missing.output, /::error::.*KUBECONFIG/);

        assert.equal(run("stack.yml", "kubeconfig", { KUBECONFIG_CONTENT: "a: 'b'\n%s\n" }).status, 0);
        assert.equal(written("GITHUB_ENV"), `KUBECONFIG=${folder}/kubeconfig\n`);
        assert.equal(written("kubeconfig"), "a: 'b'\n%s\n");
        assert.equal(statSync(path.join(folder, "kubeconfig")).mode & 0o777, 0o600);
    });

    it("puts the pinned kind before any other", () => {
        install("go", `echo "$*" > "${folder}/go"; mkdir -p "$GOBIN"`);

        assert.equal(run("ci.yml", "go install", { GOBIN: `${folder}/gobin`, KIND: "v0.33.0" }).status, 0);
        assert.equal(written("go"), "install sigs.k8s.io/kind@v0.33.0\n");
        assert.equal(written("GITHUB_PATH"), `${folder}/gobin\n`);
    });

    for (const [what, kind, leaves, status] of [
        ["passes where nothing is left", "true", false, 0],
        ["fails where the cluster is left", "echo keep-local", false, 1],
        ["fails where state is left", "true", true, 1],
    ] as const) {
        it(`${what} of npm run local`, () => {
            install("npm", "true");
            install("kind", kind);
            if (leaves) mkdirSync(path.join(folder, ".local", "state", "keep-on-pulumi", "local"), { recursive: true });

            assert.equal(run("ci.yml", "get clusters").status, status);
        });
    }
});
