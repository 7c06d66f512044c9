import assert from "node:assert/strict";

import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { Keep } from "../../components/keep";
import { deploy } from "../support/harness";

const ARGS = { publicUrl: "http://keep.example.com" };

class OtherProvider extends pulumi.ProviderResource {}

/** The message for a name and options that TypeScript would not compile; undefined if the component is created. */
async function rejectionOf(given: () => readonly [name: unknown, opts?: unknown]): Promise<string | undefined> {
    const { result } = await deploy(() => {
        const [name, opts] = given();
        try {
            new Keep(name as string, ARGS, opts as pulumi.ComponentResourceOptions);
            return undefined;
        } catch (error) {
            assert.ok(pulumi.RunError.isInstance(error), String(error));
            return error.message;
        }
    });
    return result;
}

describe("the component rejects", () => {
    const table: Readonly<Record<string, readonly [() => readonly [name: unknown, opts?: unknown], message: RegExp]>> =
        {
            "an empty name": [() => [""], /name is not a name/],
            "no name": [() => [undefined], /name is not a name/],
            "an Output as the name": [() => [pulumi.output("keep")], /name is not a name/],
            "a symbol as the name": [() => [Symbol("keep")], /name is not a name/],
            "an Output as the options": [() => ["k", pulumi.output({})], /opts is not an object/],
            "text as the options": [() => ["k", "protect"], /opts is not an object/],
            "text as the parent": [() => ["k", { parent: "x" }], /opts\.parent is not a resource/],
            "text as the provider": [() => ["k", { provider: "x" }], /opts\.provider is not a provider/],
            "a resource as the provider": [
                () => ["k", { provider: new random.RandomId("id", { byteLength: 1 }) }],
                /opts\.provider is not a provider/,
            ],
            "a provider of another package": [
                () => ["k", { provider: new OtherProvider("aws", "other") }],
                /opts\.provider is a provider of the package aws, which Keep does not use/,
            ],
            "null among the providers": [() => ["k", { providers: [null] }], /opts\.providers is not a list/],
            "text as the providers": [() => ["k", { providers: "kubernetes" }], /opts\.providers is not a list/],
            "text as the aliases": [() => ["k", { aliases: "old" }], /opts\.aliases is not a list/],
            "a number as an alias": [() => ["k", { aliases: [5] }], /opts\.aliases is not a list/],
            "a promise of aliases": [() => ["k", { aliases: Promise.resolve([]) }], /opts\.aliases is not a list/],
            "text as a dependency": [() => ["k", { dependsOn: ["x"] }], /opts\.dependsOn is not a resource/],
            "text as a transformation": [
                () => ["k", { transformations: ["x"] }],
                /opts\.transformations is not a list/,
            ],
            "text as ignored changes": [() => ["k", { ignoreChanges: "spec" }], /opts\.ignoreChanges is not a list/],
            "several of them at once": [
                () => ["", { aliases: "a", parent: "b" }],
                /^3 problems in .*name.*aliases.*parent/s,
            ],
        };
    for (const [what, [given, message]] of Object.entries(table)) {
        it(what, async () => {
            assert.match((await rejectionOf(given)) ?? "", message);
        });
    }
});

describe("the options of the component", () => {
    const settings = {
        database: { kind: "postgres" },
        redis: { kind: "bundled" },
        verify: { enabled: true },
        platform: "openshift",
        ingress: { kind: "openshift" },
    } as const;

    /** Names of the objects that do not inherit an option, because they have the opposite. */
    async function withoutOption(option: "protect" | "retainOnDelete"): Promise<string[]> {
        const { resources } = await deploy(() => new Keep("k", { ...ARGS, ...settings }, { [option]: true }));
        const others = resources.filter(({ options }) => options[option] === false);
        return [...new Set(others.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`))].sort();
    }

    for (const option of ["protect", "retainOnDelete"] as const) {
        it(`${option} applies to all objects but the Jobs, which are replaced`, async () => {
            assert.deepEqual(await withoutOption(option), ["Job k-setup", "Job k-verify"]);
        });
    }
});

describe("the component accepts", () => {
    const table: Readonly<Record<string, () => readonly [name: unknown, opts?: unknown]>> = {
        "null and undefined": () => ["k", { parent: null, provider: undefined, aliases: undefined }],
        "null as the options": () => ["k", null],
        "a provider of Kubernetes": () => ["k", { provider: new kubernetes.Provider("p") }],
        "providers of several packages": () => [
            "k",
            { providers: [new kubernetes.Provider("p"), new OtherProvider("aws", "other")] },
        ],
        "providers by name": () => ["k", { providers: { kubernetes: new kubernetes.Provider("p") } }],
        "a parent": () => ["k", { parent: new pulumi.ComponentResource("a:b:C", "c") }],
        "aliases of each form": () => [
            "k",
            { aliases: [{ name: "old" }, "urn:pulumi:s::p::t::n", pulumi.output("u")] },
        ],
        "dependencies of each form": () => [
            "k",
            { dependsOn: [new random.RandomId("id", { byteLength: 1 }), pulumi.output(undefined)] },
        ],
        "protect and ignoreChanges": () => ["k", { protect: true, ignoreChanges: ["spec"] }],
        "a name with blanks": () => ["a b"],
    };
    for (const [what, given] of Object.entries(table)) {
        it(what, async () => {
            assert.equal(await rejectionOf(given), undefined);
        });
    }
});
