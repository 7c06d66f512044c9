import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";

import { testCluster } from "../cluster/connection";
import { installedLanguages } from "../support/languages";
import { ofRelease, secretValues, uids } from "./objects";

const REPOSITORY = path.join(__dirname, "..", "..");
const DATABASE_URL = "postgresql+psycopg2://keep:hunter2@db.example.com:5432/keep";

/** Puts into `plugin` what `pulumi package add` needs of the repository; it installs the dependencies as for any plugin. */
function clone(folder: string): void {
    const plugin = path.join(folder, "plugin");
    const parts = ["PulumiPlugin.yaml", "package.json", "package-lock.json", "plugin", "components", "tools"];
    for (const part of parts) cpSync(path.join(REPOSITORY, part), path.join(plugin, part), { recursive: true });
}

/** An example in a folder of its own, after the commands of docs/component.md. */
async function example(language: string, folder: string): Promise<Stack> {
    const workDir = path.join(folder, language);
    cpSync(path.join(REPOSITORY, "examples", language), workDir, { recursive: true });
    mkdirSync(path.join(folder, "state"), { recursive: true });
    const envVars = {
        KUBECONFIG: testCluster().kubeconfig,
        PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "of no worth",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        npm_config_prefer_offline: "true",
    };
    const stack = await LocalWorkspace.createStack({ stackName: language, workDir }, { envVars });
    await stack.setConfig("databaseUrl", { value: DATABASE_URL, secret: true });
    const add = ["package", "add", path.join(folder, "plugin")];
    execFileSync("pulumi", add, { cwd: workDir, env: { ...process.env, ...envVars }, stdio: "pipe" });
    return stack;
}

describe("the component from another language", function () {
    // Dependencies of the plugin and of the example come from their registries; Go compiles Pulumi's SDK.
    this.timeout(1_200_000);
    const { client } = testCluster();
    const languages = installedLanguages();
    let folder: string;
    before(() => {
        folder = mkdtempSync(path.join(tmpdir(), "keep-languages-"));
        clone(folder);
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    for (const language of languages) {
        describe(`as the example in ${language} has it`, () => {
            let stack: Stack;
            before(async () => {
                stack = await example(language, folder);
            });

            it("makes a whole Keep, whose secrets stay secret", async () => {
                const { outputs } = await stack.up();

                assert.equal(outputs.address?.value, "https://keep.example.com");
                assert.equal(outputs.firstUser?.secret, true);
                assert.ok(Object.keys(await uids(client, ofRelease("keep"))).length > 10);
                assert.deepEqual(await secretValues(client, "keep", "keep.database-url"), { url: DATABASE_URL });
                const file = path.join(folder, "state", ".pulumi", "stacks", "alerting", `${language}.json`);
                assert.equal(readFileSync(file, "utf8").includes("hunter2"), false);
            });

            it("changes nothing when it runs again, and leaves nothing behind", async () => {
                const { summary } = await stack.up();
                assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);

                await stack.destroy();
                assert.deepEqual(await uids(client, ofRelease("keep")), {});
            });
        });
    }
});
