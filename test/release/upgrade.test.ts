import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { z } from "zod";

const ROOT = join(__dirname, "..", "..");
/** A stack that version 0.1.0 has deployed: its file, and its state as `pulumi stack export` wrote it. */
const PREVIOUS = join(__dirname, "previous");
const STACK = "medium";
/** What the engine needs of the repository. */
const PROGRAM = ["Pulumi.yaml", "components", "index.ts", "package.json", "program.cjs", "tools"];

/**
 * Kinds that the provider replaces where their content changes, without a loss: a Job runs again, and the new ConfigMap has the new
 * content (https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/#enableconfigmapmutable_nodejs).
 */
const REPLACED = /\$kubernetes:(batch\/v1:Job|core\/v1:ConfigMap)::/;

const previewed = z.object({
    changeSummary: z.record(z.string(), z.number()),
    steps: z.array(z.object({ op: z.string(), urn: z.string() })),
});

const isInstalled = spawnSync("pulumi", ["version"]).status === 0;
if (!isInstalled) {
    console.log("  skipped: no pulumi on the PATH, so the engine previews no upgrade of the last release");
}

(isInstalled ? describe : describe.skip)("an upgrade of a stack of the last release, by Pulumi's engine", () => {
    const folder = mkdtempSync(join(tmpdir(), "keep-upgrade-"));
    const project = join(folder, "project");

    function pulumi(...args: string[]): string {
        const env = {
            ...process.env,
            PULUMI_BACKEND_URL: `file://${folder}`,
            PULUMI_CONFIG_PASSPHRASE: "rehearsal",
            PULUMI_SKIP_UPDATE_CHECK: "true",
        };
        const options = [...args, "--non-interactive", "-C", project];
        return execFileSync("pulumi", options, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    }

    before(() => {
        for (const part of PROGRAM) {
            cpSync(join(ROOT, part), join(project, part), { recursive: true });
        }
        symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
        const state = join(folder, "state.json");
        writeFileSync(state, gunzipSync(readFileSync(join(PREVIOUS, "state.json.gz"))));
        pulumi("stack", "init", STACK);
        pulumi("stack", "import", "-s", STACK, "--file", state);
        cpSync(join(PREVIOUS, `Pulumi.${STACK}.yaml`), join(project, `Pulumi.${STACK}.yaml`));
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("deletes nothing, and replaces nothing that holds data", () => {
        const { changeSummary, steps } = previewed.parse(JSON.parse(pulumi("preview", "-s", STACK, "--json")));
        const changes = steps.filter(
            ({ op, urn }) => !["create", "same", "update"].includes(op) && !REPLACED.test(urn),
        );

        assert.ok((changeSummary.same ?? 0) + (changeSummary.update ?? 0) > 80);
        assert.deepEqual(changes, []);
    });
});
