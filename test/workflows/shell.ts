import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { STEPS } from "./files";

/** Runs steps of the workflows in an empty folder, with programs in place of those that a runner has. */
export class WorkflowShell {
    readonly folder = mkdtempSync(path.join(tmpdir(), "keep-workflow-"));

    constructor() {
        mkdirSync(path.join(this.folder, "bin"));
    }

    /** Puts a program on the PATH. It is no real one: it does what these lines of shell say. */
    install(program: string, script: string): void {
        const file = path.join(this.folder, "bin", program);
        writeFileSync(file, `#!/bin/sh\n${script}\n`);
        chmodSync(file, 0o755);
    }

    /**
     * Runs the one step of a workflow whose shell has a word, as a runner does.
     * @param environment what GitHub fills in for the step's own `env`.
     * @param ofWorkflow what it fills in for the workflow's `env`.
     */
    run(
        file: string,
        word: string,
        environment: Readonly<Record<string, string>> = {},
        ofWorkflow: Readonly<Record<string, string>> = {},
    ): { readonly status: number | null; readonly output: string } {
        const found = STEPS.filter((one) => one.file === file && one.run?.includes(word) === true);
        assert.equal(found.length, 1, `${file} ${word}`);
        const [{ env, run: shell = "" } = assert.fail()] = found;
        const files = Object.fromEntries(
            ["GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"].map((name) => [
                name,
                path.join(this.folder, name),
            ]),
        );
        for (const name of Object.keys(environment)) assert.ok(name in env, `${file}: no step gets ${name}`);
        const { status, stdout, stderr } = spawnSync(
            "bash",
            ["--noprofile", "--norc", "-eo", "pipefail", "-c", shell],
            {
                cwd: this.folder,
                encoding: "utf8",
                env: {
                    PATH: `${path.join(this.folder, "bin")}:${process.env.PATH ?? ""}`,
                    HOME: this.folder,
                    RUNNER_TEMP: this.folder,
                    ...Object.fromEntries(Object.keys(env).map((name) => [name, ""])),
                    ...environment,
                    ...ofWorkflow,
                    ...files,
                },
            },
        );
        return { status, output: stdout + stderr };
    }

    /** Text of a file that a step has written. */
    written(name: string): string {
        return readFileSync(path.join(this.folder, name), "utf8");
    }

    close(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}
