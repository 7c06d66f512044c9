import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";

import { testCluster } from "../cluster/connection";
import { ofRelease, secretValues, uids } from "./objects";

const REPOSITORY = path.join(__dirname, "..", "..");

// The generated package of any language does just this: it registers a component that the engine lets the plugin construct.
const PROGRAM = `
const fs = require("node:fs");
const kubernetes = require("@pulumi/kubernetes");
const pulumi = require("@pulumi/pulumi");

class Keep extends pulumi.ComponentResource {
    constructor(name, args, opts) {
        super("keep:index:Keep", name, { ...args, urls: undefined, namespace: undefined, firstUser: undefined }, opts, true);
    }
}
const cluster = new kubernetes.Provider("cluster", { kubeconfig: fs.readFileSync(process.env.CLUSTER, "utf8") });
const args = {
    publicUrl: "http://plugin.localhost",
    release: "plugin",
    websocket: { kind: "none" },
    firstUserPassword: pulumi.secret("hunter2"),
    secretEnv: { backend: { TOKEN: pulumi.secret("hunter3") } },
    ...JSON.parse(process.env.MORE),
};
const [keep] = process.env.NAMES.split(" ").map((name) => new Keep(name, args, { providers: [cluster] }));
exports.address = keep.urls.frontend;
exports.firstUser = keep.firstUser;
`;

/** A project of another program, which knows of this repository only as a plugin. */
async function otherProgram(folder: string): Promise<Stack> {
    const program = path.join(folder, "program");
    mkdirSync(program);
    mkdirSync(path.join(folder, "state"));
    mkdirSync(path.join(program, "node_modules"));
    symlinkSync(path.join(REPOSITORY, "node_modules", "@pulumi"), path.join(program, "node_modules", "@pulumi"));
    writeFileSync(path.join(program, "package.json"), JSON.stringify({ name: "alerting", main: "index.js" }));
    writeFileSync(path.join(program, "index.js"), PROGRAM);
    const plugins = { providers: [{ name: "keep", path: REPOSITORY }] };
    const project = { name: "alerting", runtime: { name: "nodejs", options: { typescript: false } }, plugins };
    writeFileSync(path.join(program, "Pulumi.yaml"), JSON.stringify(project));
    return await LocalWorkspace.createStack(
        { stackName: "other", workDir: program },
        {
            envVars: {
                CLUSTER: testCluster().kubeconfig,
                // Only the explicit provider knows the cluster.
                KUBECONFIG: path.join(folder, "none"),
                MORE: "{}",
                NAMES: "alerting",
                PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
                PULUMI_CONFIG_PASSPHRASE: "of no worth",
                PULUMI_SKIP_UPDATE_CHECK: "true",
            },
        },
    );
}

describe("a program that has the component from the plugin", () => {
    const { client } = testCluster();
    const folder = mkdtempSync(path.join(tmpdir(), "keep-plugin-"));
    let stack: Stack;
    before(async () => {
        stack = await otherProgram(folder);
    });
    afterEach(() => {
        stack.workspace.envVars.MORE = "{}";
        stack.workspace.envVars.NAMES = "alerting";
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("is told its mistakes by the name of the argument, before anything is made", async () => {
        stack.workspace.envVars.MORE = JSON.stringify({ backend: { replcas: 2 } });

        await assert.rejects(
            stack.preview(),
            /1 problem in the arguments of Keep "alerting"[^]*backend\.replcas is not a setting\. Perhaps you meant backend\.replicas\./,
        );
    });

    it("is told that two of its Keeps need the same, although the plugin constructs each alone", async () => {
        stack.workspace.envVars.NAMES = "alerting another";

        await assert.rejects(
            stack.preview(),
            /2 problems in the arguments of Keep "(alerting|another)"[^]*give the Namespace plugin, which Keep "(another|alerting)" in this program creates as well/,
        );
    });

    it("makes a whole Keep by its own provider", async () => {
        const { outputs } = await stack.up();

        assert.equal(outputs.address?.value, "http://plugin.localhost");
        assert.equal(outputs.firstUser?.secret, true);
        assert.ok(Object.keys(await uids(client, ofRelease("plugin"))).length > 10);
        assert.equal((await secretValues(client, "plugin", "plugin.setup"))["first-user-password"], "hunter2");
        assert.deepEqual(await secretValues(client, "plugin", "plugin.env"), { "backend.TOKEN": "hunter3" });
        const state = readFileSync(path.join(folder, "state", ".pulumi", "stacks", "alerting", "other.json"), "utf8");
        assert.ok(!state.includes("hunter"));
    });

    it("is refused what would undo the Keep that runs, as a stack file is", async () => {
        stack.workspace.envVars.MORE = JSON.stringify({ version: "0.54.1" });

        await assert.rejects(stack.preview(), (error: Error) => {
            assert.match(
                error.message,
                /1 problem in the arguments of Keep "alerting"[^]*version \("0.54.1"\) is older than 0.54.2/,
            );
            assert.doesNotMatch(error.message, /\n\s+at /);
            return true;
        });
    });

    it("changes nothing when it runs again, and leaves nothing behind", async () => {
        const { changeSummary } = await stack.preview();
        assert.deepEqual(Object.keys(changeSummary), ["same"]);

        await stack.destroy();
        assert.deepEqual(await uids(client, ofRelease("plugin")), {});
    });
});
