import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { LocalWorkspace } from "@pulumi/pulumi/automation";

import { testCluster } from "../cluster/connection";
import type { Settings } from "../cluster/release";
import { TestStack } from "./stack";

const REPOSITORY = path.join(__dirname, "..", "..");

/** All that `pulumi up` reads of the repository. */
const PROGRAM = ["program.cjs", "index.ts", "components", "tools", "Pulumi.yaml", "package.json"];

/** The program in a folder of its own, as a user has it, with its state beside it; stack files never touch the repository. */
export class TestProject {
    /** Made with the first stack: a suite that runs none of its tests leaves nothing behind. */
    private folder: string | undefined;
    private readonly stacks: TestStack[] = [];

    /** Makes a stack with these settings; `kubeconfig` names another cluster than that of the tests. */
    async stack(name: string, settings: Settings, kubeconfig = testCluster().kubeconfig): Promise<TestStack> {
        this.folder ??= makeProject();
        const state = path.join(this.folder, "state");
        const stack = await LocalWorkspace.createStack(
            { stackName: name, workDir: path.join(this.folder, "program") },
            {
                envVars: {
                    KUBECONFIG: kubeconfig,
                    PULUMI_BACKEND_URL: `file://${state}`,
                    PULUMI_CONFIG_PASSPHRASE: "of no worth",
                    PULUMI_SKIP_UPDATE_CHECK: "true",
                },
            },
        );
        const test = new TestStack(stack, state);
        this.stacks.push(test);
        await test.configure(settings);
        return test;
    }

    /** Removes the folder with all states. A cluster with fake pods goes with the run; from one that stays go its stacks. */
    async close(): Promise<void> {
        if (testCluster().pods === "real") for (const stack of this.stacks) await stack.destroy();
        if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
    }
}

function makeProject(): string {
    const folder = mkdtempSync(path.join(tmpdir(), "keep-e2e-"));
    const program = path.join(folder, "program");
    mkdirSync(path.join(folder, "state"));
    for (const part of PROGRAM) cpSync(path.join(REPOSITORY, part), path.join(program, part), { recursive: true });
    symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(program, "node_modules"));
    return folder;
}
