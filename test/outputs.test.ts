import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Keep, type KeepArgs } from "../components/keep";
import { deploy } from "./support/harness";

/** Names of the objects and outputs of a Keep, in the order in which they are there. */
async function orderOf(args: KeepArgs): Promise<{ readonly order: string[]; readonly objects: number }> {
    const order: string[] = [];
    const { resources } = await deploy(() => {
        const note = (name: string) => () => void order.push(name);
        const watch: pulumi.ResourceTransformation = ({ resource, name, type, props, opts }) => {
            queueMicrotask(() => resource.urn.apply(note(`${type} ${name}`)));
            return { props, opts };
        };
        const keep = new Keep("keep", args, { transformations: [watch] });
        keep.urls.apply(note("urls"));
        keep.namespace.apply(note("namespace"));
        keep.firstUser?.apply(note("firstUser"));
    });
    return { order, objects: resources.filter(({ type }) => type !== "pulumi:pulumi:Stack").length };
}

describe("the outputs of a Keep", () => {
    const ways: Readonly<Record<string, Partial<KeepArgs>>> = {
        "an Ingress": { ingress: { kind: "nginx" } },
        "a route of the Gateway API": { ingress: { kind: "gateway", parentRef: { name: "edge" } } },
        "no ingress": { ingress: { kind: "none" } },
    };
    for (const [what, args] of Object.entries(ways)) {
        it(`resolve after every object, with ${what}`, async () => {
            const { order, objects } = await orderOf({ publicUrl: "http://keep.example.com", ...args });

            assert.deepEqual(order.slice(-3).sort(), ["firstUser", "namespace", "urls"]);
            assert.equal(order.length, objects + 3);
        });
    }

    it("have their values, whatever was given as Outputs", async () => {
        const values: unknown[] = [];
        const { outputs } = await deploy(
            () =>
                new Keep("keep", {
                    publicUrl: "http://keep.example.com",
                    namespace: { name: pulumi.output("ops") },
                    frontend: { enabled: false, url: pulumi.output("https://ui.example.com/") },
                }),
            {
                exports: ({ urls, namespace, firstUser }) => {
                    pulumi.all([urls, namespace]).apply((both) => values.push(...both));
                    return { url: urls.frontend, namespace, firstUser };
                },
            },
        );

        assert.equal(outputs.plain.url, "https://ui.example.com");
        assert.equal(outputs.plain.namespace, "ops");
        assert.deepEqual([...outputs.secretPaths], ["firstUser"]);
        assert.doesNotMatch(JSON.stringify([values, outputs.plain]), /keepinput/);
    });
});
