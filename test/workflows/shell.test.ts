import assert from "node:assert/strict";
import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";

import { WorkflowShell } from "./shell";

describe("the shell of the workflows", () => {
    let shell: WorkflowShell;

    beforeEach(() => {
        shell = new WorkflowShell();
    });
    afterEach(() => {
        shell.close();
    });

    for (const [environment, available] of [
        [{}, false],
        [{ TOKEN: "pul-x" }, true],
        [{ BACKEND: "s3://state" }, false],
        [{ PASSPHRASE: "x" }, false],
        [{ BACKEND: "s3://state", PASSPHRASE: "x" }, true],
    ] as const) {
        it(`previews ${available ? "by Pulumi" : "in-process"} with ${Object.keys(environment).join(" and ") || "nothing"}`, () => {
            assert.equal(shell.run("preview.yml", "available=", environment).status, 0);
            assert.equal(shell.written("GITHUB_OUTPUT"), `available=${available}\n`);
        });
    }

    it("puts the difference of manifests into the summary, inside a fence that it cannot end", () => {
        shell.install("npm", "echo \"$*\"; echo '+ spec'; echo '````` @everyone'");

        assert.equal(shell.run("preview.yml", "difference.txt", { STACK: "dev", BASE: "abc" }).status, 0);
        const expected =
            "### What this pull request changes in dev\n````diff\nstart --silent -- dev --diff abc\n+ spec\n``` @everyone\n````\n";
        assert.deepEqual([shell.written("GITHUB_STEP_SUMMARY"), shell.written("difference.md")], [expected, expected]);
    });

    it("says so where the manifests stay as they are", () => {
        shell.install("npm", 'echo "dev makes the same" >&2');

        assert.equal(shell.run("preview.yml", "difference.txt", { STACK: "dev", BASE: "abc" }).status, 0);
        assert.match(shell.written("GITHUB_STEP_SUMMARY"), /changes in dev\nNothing\.\n$/);
    });

    describe("the comment on a pull request", () => {
        const environment = { GH_REPO: "o/r", RUN: "7", RUN_URL: "https://run", HEAD: "fork:branch", GH_TOKEN: "t" };
        /** GitHub's CLI, as far as the step uses it: it notes what is written, and answers as told. */
        const gh = (number: string, comment: string, difference = 'echo "### dev"') => `echo "$*" >> calls
            case "$*" in
                *repos/o/r/pulls*) echo "${number}" ;;
                "run download"*) mkdir -p differences/difference-dev; { ${difference}; } > differences/difference-dev/difference.md ;;
                *--paginate*) echo "${comment}" ;;
            esac`;

        for (const [what, comment, call] of [
            ["is made once", "", "api repos/o/r/issues/12/comments --field body=@body.md --silent"],
            [
                "is edited from then on",
                "99",
                "api --method PATCH repos/o/r/issues/comments/99 --field body=@body.md --silent",
            ],
        ] as const) {
            it(what, () => {
                shell.install("gh", gh("12", comment));

                assert.equal(shell.run("preview-comment.yml", "gh run download", environment).status, 0);
                assert.ok(shell.written("calls").split("\n").includes(call), shell.written("calls"));
                assert.match(
                    shell.written("body.md"),
                    /^<!-- .* -->\n\[The whole comparison\]\(https:\/\/run\)\n\n### dev\n$/,
                );
            });
        }

        it("is cut to what GitHub takes, and edits the first of many comments", () => {
            const many = Array.from({ length: 20_000 }, (_, index) => String(index + 99)).join("\n");
            shell.install("gh", gh("12", many, "yes '+ a line of the difference' | sed 12000q"));

            assert.equal(shell.run("preview-comment.yml", "gh run download", environment).status, 0);
            const body = shell.written("body.md");
            assert.match(body, /\(https:\/\/run\)\n\n\+ a line of the difference\n/);
            assert.ok(body.length > 60_000 && body.length < 65_536, String(body.length));
            assert.match(shell.written("calls"), /PATCH repos\/o\/r\/issues\/comments\/99 /);
        });

        it("is left out where the branch has no open pull request", () => {
            shell.install("gh", gh("", ""));

            assert.equal(shell.run("preview-comment.yml", "gh run download", environment).status, 0);
            assert.doesNotMatch(shell.written("calls"), /comments/);
        });
    });

    it("fails where the difference cannot be told", () => {
        shell.install("npm", "echo half; exit 1");

        assert.equal(shell.run("preview.yml", "difference.txt", { STACK: "dev", BASE: "abc" }).status, 1);
        assert.equal(existsSync(path.join(shell.folder, "GITHUB_STEP_SUMMARY")), false);
    });

    it("hands the kubeconfig on in a file for nobody else, and asks for one that is missing", () => {
        const missing = shell.run("stack.yml", "kubeconfig");
        assert.equal(missing.status, 1);
        assert.match(missing.output, /::error::.*KUBECONFIG/);

        assert.equal(shell.run("stack.yml", "kubeconfig", { KUBECONFIG_CONTENT: "a: 'b'\n%s\n" }).status, 0);
        assert.equal(shell.written("GITHUB_ENV"), `KUBECONFIG=${shell.folder}/kubeconfig\n`);
        assert.equal(shell.written("kubeconfig"), "a: 'b'\n%s\n");
        assert.equal(statSync(path.join(shell.folder, "kubeconfig")).mode & 0o777, 0o600);
    });

    it("puts the pinned kind before any other", () => {
        shell.install("go", `echo "$*" > "${shell.folder}/go"; mkdir -p "$GOBIN"`);

        assert.equal(shell.run("ci.yml", "go install", { GOBIN: `${shell.folder}/gobin`, KIND: "v0.33.0" }).status, 0);
        assert.equal(shell.written("go"), "install sigs.k8s.io/kind@v0.33.0\n");
        assert.equal(shell.written("GITHUB_PATH"), `${shell.folder}/gobin\n`);
    });

    for (const [what, kind, leaves, status] of [
        ["passes where nothing is left", "true", false, 0],
        ["fails where the cluster is left", "echo keep-local", false, 1],
        ["fails where state is left", "true", true, 1],
    ] as const) {
        it(`${what} of npm run local`, () => {
            shell.install("npm", "true");
            shell.install("kind", kind);
            if (leaves)
                mkdirSync(path.join(shell.folder, ".local", "state", "keep-on-pulumi", "local"), { recursive: true });

            assert.equal(shell.run("ci.yml", "get clusters").status, status);
        });
    }
});
