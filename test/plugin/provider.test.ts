import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { KeepProvider } from "../../plugin/provider";
import { manifestsOf } from "../../tools/preview/manifests";
import { deployKeep } from "../support/config";
import { deploy } from "../support/harness";

const root = join(__dirname, "../..");
/** A plugin of its own: without an address, all Keeps that one constructs are of one program. */
const provider = () => new KeepProvider("1.2.3");

const ARGS = { publicUrl: "http://keep.example.com" };

describe("a Keep that a program in another language constructs", () => {
    it("is the one that a stack file makes, child by child", async () => {
        const fromFile = await deployKeep(ARGS);
        const constructed = await deploy(() => provider().construct("keep", "keep:index:Keep", ARGS, {}));

        assert.deepEqual(manifestsOf(constructed.resources, false), manifestsOf(fromFile.resources, false));
    });

    it("answers with its address, its namespace and its first user, as a secret", async () => {
        const { outputs } = await deploy(
            async () => (await provider().construct("keep", "keep:index:Keep", ARGS, {})).state,
            { exports: (state) => state },
        );

        assert.deepEqual(outputs.plain.urls, {
            frontend: "http://keep.example.com",
            backend: "http://keep.example.com/v2",
            websocket: "ws://keep.example.com/websocket",
        });
        assert.equal(outputs.plain.namespace, "keep");
        assert.deepEqual([...outputs.secretPaths], ["firstUser"]);
    });

    const refused: Record<string, [type: string, inputs: pulumi.Inputs, message: RegExp]> = {
        "its arguments are wrong": [
            "keep:index:Keep",
            { ...ARGS, backend: { replicas: 2 } },
            /^1 problem in the arguments of Keep "keep".*\n {2}- backend\.replicas \(2\) is more than the one pod that SQLite supports/,
        ],
        "another type is meant": ["keep:index:Other", ARGS, /^There is no keep:index:Other in this package/],
        "it asks for the removal at destroy": [
            "keep:index:Keep",
            { ...ARGS, secretStore: { kind: "kubernetes", namespace: "shared", acceptShared: true } },
            /^secretStore\.removal of Keep "keep" works in TypeScript programs only/,
        ],
    };
    for (const [what, [type, inputs, message]] of Object.entries(refused)) {
        it(`is refused when ${what}`, async () => {
            await assert.rejects(
                deploy(() => provider().construct("keep", type, inputs, {})),
                (error: Error) => message.test(error.message),
            );
        });
    }
});

describe("the Keeps that programs in another language construct", () => {
    /** Constructs one, as the SDK does: with a connection of its own to the engine at an address. */
    const construct = (plugin: KeepProvider, address: string, name: string, preview = true) =>
        deploy(
            () => {
                const getChannel = () => ({ getTarget: () => address });
                Object.assign(pulumi.runtime.getMonitor() ?? {}, { getChannel });
                const options = { provider: new k8s.Provider("cluster", { kubeconfig: "{}" }) };
                return plugin.construct(name, "keep:index:Keep", ARGS, options);
            },
            { preview },
        );

    it("are refused if two of one program need the same", async () => {
        const plugin = new KeepProvider("1.2.3");
        await construct(plugin, "127.0.0.1:1", "one");

        await assert.rejects(construct(plugin, "127.0.0.1:1", "other"), (error: Error) => {
            assert.match(error.message, /^2 problems in the arguments of Keep "other"[^]*Keep "one" in this program/);
            return true;
        });
    });

    it("are made in two programs, and in the preview and the update of one", async () => {
        const plugin = new KeepProvider("1.2.3");

        await construct(plugin, "127.0.0.1:1", "one");
        await construct(plugin, "127.0.0.1:1", "one", false);
        await construct(plugin, "127.0.0.1:2", "one");
    });
});

describe("the plugin", () => {
    it("starts from package.json's main, in any folder, and tells the engine its port", async () => {
        const runner = require.resolve("@pulumi/pulumi/cmd/run-plugin");
        const child = spawn(process.execPath, [runner, root, "127.0.0.1:1"], { cwd: tmpdir() });
        try {
            const [said] = (await Promise.race([once(child.stdout, "data"), once(child.stderr, "data")])) as [Buffer];

            assert.match(said.toString(), /^\d+\n$/);
        } finally {
            child.kill();
        }
    });
});
