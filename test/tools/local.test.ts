import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..");

describe("npm run local", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "keep-local-test-"));
        mkdirSync(path.join(folder, "bin"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    /** Puts a program there that notes how it was called, and then does what a script says. */
    function install(program: string, script = ""): void {
        const file = path.join(folder, "bin", program);
        writeFileSync(file, `#!/bin/sh\necho "${program} $*" >> "${folder}/calls"\n${script}\n`);
        chmodSync(file, 0o755);
    }

    function local(...args: string[]): { status: number | null; output: string; calls: readonly string[] } {
        const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "tools/local.ts", ...args], {
            cwd: ROOT,
            encoding: "utf8",
            env: { PATH: path.join(folder, "bin"), HOME: folder, XDG_STATE_HOME: path.join(folder, "state") },
        });
        const calls = path.join(folder, "calls");
        const noted = existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [];
        return { status, output: stdout + stderr, calls: noted };
    }

    it("says everything that is missing, and makes nothing", () => {
        const { status, output } = local();

        assert.equal(status, 1);
        assert.match(output, /Docker: .*\n.*kind \(or k3d, or minikube\): .*\n.*Pulumi CLI: /);
        assert.equal(existsSync(path.join(folder, "state")), false);
    });

    it("tells a Docker that does not run from one that is not there", () => {
        install("docker", '[ "$1" = version ]');
        install("kind");
        install("pulumi");

        const { status, output } = local();

        assert.equal(status, 1);
        assert.match(output, /a running Docker/);
        assert.doesNotMatch(output, /Pulumi CLI/);
        assert.equal(existsSync(path.join(folder, "state")), false);
    });

    it("removes a cluster that did not come up", () => {
        install("docker", "echo 28");
        install("kind", '[ "$1" != create ]');
        install("pulumi");

        const { status, calls } = local();

        assert.equal(status, 1);
        assert.ok(calls.some((call) => call.startsWith("kind delete cluster --name keep-local")));
        assert.ok(!calls.some((call) => call.startsWith("pulumi up")));
        assert.equal(existsSync(path.join(folder, "state", "keep-on-pulumi", "local")), false);
    });

    it("has nothing to remove where nothing is", () => {
        const { status, output } = local("down");

        assert.equal(status, 0);
        assert.match(output, /There is no local Keep/);
    });
});
