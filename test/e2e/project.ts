import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { LocalWorkspace } from "@pulumi/pulumi/automation";

import { testCluster } from "../cluster/connection";
import type { Settings } from "../cluster/release";
import { TestStack } from "./stack";

const REPOSITORY = path.join(__dirname, "..", "..");

/** All that `pulumi up` reads of the repository. */
const PROGRAM = ["index.ts", "components", "Pulumi.yaml", "package.json", "tsconfig.pulumi.json"];

/** The program in a folder of its own, as a user has it, with its state beside it; stack files never touch the repository. */
export class TestProject {
    private readonly folder = mkdtempSync(path.join(tmpdir(), "keep-e2e-"));
    private readonly program = path.join(this.folder, "program");
    private readonly state = path.join(this.folder, "state");

    constructor() {
        mkdirSync(this.state);
        for (const part of PROGRAM) {
            cpSync(path.join(REPOSITORY, part), path.join(this.program, part), { recursive: true });
        }
        symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(this.program, "node_modules"));
    }

    /** Makes a stack with these settings; `kubeconfig` names another cluster than that of the tests. */
    async stack(name: string, settings: Settings, kubeconfig = testCluster().kubeconfig): Promise<TestStack> {
        const stack = await LocalWorkspace.createStack(
            { stackName: name, workDir: this.program },
            {
                envVars: {
                    KUBECONFIG: kubeconfig,
                    PULUMI_BACKEND_URL: `file://${this.state}`,
                    PULUMI_CONFIG_PASSPHRASE: "of no worth",
                    PULUMI_SKIP_UPDATE_CHECK: "true",
                },
            },
        );
        const test = new TestStack(stack, this.state);
        await test.configure(settings);
        return test;
    }

    /** Removes the folder with all states; the cluster goes with the run. */
    close(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}
