import assert from "node:assert/strict";

import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { runProgram } from "../../tools/inProcess/runProgram";
import { deploy } from "../support/harness";

class Part extends pulumi.ComponentResource {
    constructor(
        name: string,
        build: (child: pulumi.CustomResourceOptions) => void,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("keep:test:Part", name, {}, opts);
        build({ parent: this });
        this.registerOutputs({ done: true });
    }
}

function configMap(name: string, data: Record<string, pulumi.Input<string>>, opts?: pulumi.CustomResourceOptions) {
    return new kubernetes.core.v1.ConfigMap(name, { metadata: { name }, data }, opts);
}

const rejected = () =>
    pulumi.output(1).apply((): string => {
        throw new Error("one is too few");
    });

describe("a program run in-process", () => {
    it("tells type, name, parent and inputs of every resource", async () => {
        const { resources } = await deploy(() => {
            new Part("outer", (child) => {
                new Part("inner", (inner) => configMap("a", { key: pulumi.output("value") }, inner), child);
            });
        });

        assert.deepEqual(
            resources.map(({ type, name, parent }) => [type, name, parent?.name]),
            [
                ["keep:test:Part", "outer", undefined],
                ["keep:test:Part", "inner", "outer"],
                ["kubernetes:core/v1:ConfigMap", "a", "inner"],
            ],
        );
        const [outer, , map] = resources;
        assert.deepEqual(outer?.outputs?.plain, { done: true });
        assert.equal(map?.urn, "urn:pulumi:dev::keep::keep:test:Part$keep:test:Part$kubernetes:core/v1:ConfigMap::a");
        assert.deepEqual(map.inputs.data, { key: "value" });
    });

    it("tells options and dependencies", async () => {
        const { one } = await deploy(() => {
            const first = configMap("first", {});
            const second = configMap("second", { uid: first.id });
            configMap("third", {}, { dependsOn: second, retainOnDelete: true });
        });

        assert.equal(one("ConfigMap", "third").options.retainOnDelete, true);
        assert.deepEqual(
            one("ConfigMap", "third").dependencies.map(({ name }) => name),
            ["second"],
        );
        assert.deepEqual(
            one("ConfigMap", "second").dependencies.map(({ name }) => name),
            ["first"],
        );
    });

    it("marks each secret by its path, and no more than that", async () => {
        const { one } = await deploy(() => {
            const password = new random.RandomPassword("password", { length: 20, special: false });
            configMap("c", { user: "keep", password: password.result });
            new kubernetes.core.v1.Pod("p", {
                spec: { containers: [{ name: "c", env: [{ name: "A", value: pulumi.secret("x") }] }] },
            });
        });

        const { secretPaths, inputs, maskedInputs } = one("ConfigMap");
        assert.deepEqual([...secretPaths], ["data.password"]);
        assert.match(inputs.data.password ?? "", /^[a-zA-Z0-9]{20}$/);
        assert.deepEqual(maskedInputs.data, { user: "keep", password: "[secret]" });
        assert.deepEqual([...one("Pod").secretPaths], ["spec.containers[0].env[0].value"]);
    });

    it("generates the same values in every run, another for each resource", async () => {
        const build = () => ["a", "b"].map((name) => new random.RandomPassword(name, { length: 30 }).result);
        const values = async () => (await runProgram(build, { exports: (made) => ({ made }) })).outputs.plain.made;

        const [first, second] = [await values(), await values()];

        assert.deepEqual(first, second);
        assert.ok(Array.isArray(first) && first[0] !== first[1]);
    });

    it("names objects that were given no name, a ConfigMap by its content", async () => {
        const run = async (value: string) =>
            deploy(() => {
                const made = new kubernetes.core.v1.ConfigMap("auto", { data: { value } });
                configMap("user", { name: made.metadata.name });
            });

        const [a, again, b] = [await run("a"), await run("a"), await run("b")];

        assert.match(a.one("ConfigMap", "auto").physicalName ?? "", /^auto-[0-9a-f]{8}$/);
        assert.deepEqual(a.one("ConfigMap", "user").inputs.data, { name: a.one("ConfigMap", "auto").physicalName });
        assert.equal(a.one("ConfigMap", "auto").physicalName, again.one("ConfigMap", "auto").physicalName);
        assert.notEqual(a.one("ConfigMap", "auto").physicalName, b.one("ConfigMap", "auto").physicalName);
    });

    it("hands out the configuration, with its secrets marked", async () => {
        const { outputs, maskedOutputs } = await runProgram(
            () => {
                const config = new pulumi.Config("keep");
                return { url: config.require("url"), key: config.requireSecret("key") };
            },
            { config: { "keep:url": "u", "keep:key": "k" }, secretKeys: ["keep:key"], exports: (made) => made },
        );

        assert.deepEqual(outputs.plain, { url: "u", key: "k" });
        assert.deepEqual(maskedOutputs, { url: "u", key: "[secret]" });
    });

    it("keeps nothing of the program before", async () => {
        await deploy(() => configMap("a", {}), { config: { "keep:url": "u" } });
        const { resources, result } = await deploy(() => new pulumi.Config("keep").get("url"));

        assert.deepEqual(resources, []);
        assert.equal(result, undefined);
    });

    it("runs programs started together one after another", async () => {
        const runs = await Promise.all(["a", "b", "c"].map((name) => deploy(() => configMap(name, {}))));

        assert.deepEqual(
            runs.map(({ resources }) => resources.map(({ name }) => name)),
            [["a"], ["b"], ["c"]],
        );
    });

    it("collects warnings", async () => {
        const { warnings } = await deploy(async () => {
            await pulumi.log.warn("SQLite has one writer", configMap("a", {}));
        });

        assert.deepEqual(warnings, ["SQLite has one writer"]);
    });

    it("waits for resources that are made late, and for what the program reads", async () => {
        const { resources } = await deploy(() => {
            configMap("a", {}).id.apply(async () => {
                const { readFile } = await import("node:fs/promises");
                for (let times = 0; times < 20; times++) {
                    await readFile(__filename);
                }
                configMap("late", {});
            });
        });

        assert.deepEqual(
            resources.map(({ name }) => name),
            ["a", "late"],
        );
    });
});

describe("a program that fails in-process", () => {
    const fails = (build: () => unknown, expected: RegExp) => assert.rejects(deploy(build), { message: expected });

    it("fails with its own error", async () => {
        const error = new pulumi.RunError("bad config");

        await assert.rejects(
            deploy(() => {
                throw error;
            }),
            (thrown: unknown) => thrown === error,
        );
        await assert.rejects(
            deploy(() => Promise.reject(error)),
            (thrown: unknown) => thrown === error,
        );
    });

    it("fails when an apply throws that nobody awaits", async () => {
        await fails(() => void rejected(), /^one is too few$/);
    });

    it("fails when the input of a resource throws", async () => {
        await fails(
            () => new Part("p", (child) => configMap("a", { key: rejected() }, child)),
            /"data": one is too few$/,
        );
    });

    it("fails when a resource waits for ever, naming it", async () => {
        const never = pulumi.output(new Promise<string>(() => undefined));

        await fails(() => configMap("stuck", { never }), /never.*stuck \(kubernetes:core\/v1:ConfigMap\)/);
        await fails(() => new Promise<void>(() => undefined), /never finished.*the program itself/);
    });

    it("fails when two resources have one identity", async () => {
        await fails(() => {
            configMap("twin", {});
            configMap("twin", {});
        }, /Duplicate resource URN .*ConfigMap::twin/);
    });

    it("fails when it logs an error", async () => {
        await fails(() => pulumi.log.error("no such database"), /^no such database$/);
    });

    it("fails when it asks a provider or the cluster", async () => {
        await fails(() => kubernetes.core.v1.Secret.get("s", "default/s"), /reads s \(kubernetes:core\/v1:Secret\)/);
        await fails(
            () => pulumi.runtime.invoke("cloud:index:zones", {}),
            /calls the provider function cloud:index:zones/,
        );
    });

    it("tells every different error", async () => {
        const throws = (message: string) =>
            pulumi.output(1).apply(() => {
                throw new Error(message);
            });
        await fails(() => [throws("first"), throws("second")].length, /^first\nsecond$/);
    });

    it("leaves nothing that disturbs the next program", async () => {
        const before = process.listeners("unhandledRejection");
        const { warn, info, error } = pulumi.log;

        await assert.rejects(deploy(() => configMap("a", { key: rejected() })));

        assert.deepEqual(process.listeners("unhandledRejection"), before);
        assert.deepEqual([pulumi.log.warn, pulumi.log.info, pulumi.log.error], [warn, info, error]);
        assert.equal((await deploy(() => configMap("a", {}))).resources.length, 1);
    });
});
