import assert from "node:assert/strict";

import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { colors } from "../../../tools/preview/colors";
import { drawTree } from "../../../tools/preview/tree";
import { deploy } from "../../support/harness";

class Part extends pulumi.ComponentResource {
    constructor(
        kind: string,
        name: string,
        build: (child: { parent: Part }) => void,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(`keep:test:${kind}`, name, {}, opts);
        build({ parent: this });
        this.registerOutputs();
    }
}

async function tree(build: () => unknown): Promise<string> {
    return drawTree((await deploy(build)).resources, colors(false));
}

describe("the tree", () => {
    it("shows each component with what it makes, objects of one name together", async () => {
        const drawn = await tree(() => {
            new Part("Keep", "keep", (child) => {
                const metadata = { name: "api", namespace: "keep" };
                new Part(
                    "Secrets",
                    "secrets",
                    (own) => {
                        ["one", "two"].forEach((name) => new random.RandomPassword(name, { length: 8 }, own));
                        new kubernetes.core.v1.Secret("s", { metadata: { name: "s", namespace: "elsewhere" } }, own);
                    },
                    child,
                );
                new Part(
                    "Api",
                    "api",
                    (own) => {
                        new Part(
                            "Workload",
                            "api",
                            (inner) => {
                                new kubernetes.apps.v1.Deployment(
                                    "d",
                                    { metadata, spec: { selector: {}, template: {} } },
                                    inner,
                                );
                                new kubernetes.core.v1.Service("s", { metadata }, inner);
                                new kubernetes.core.v1.ConfigMap("c", { metadata: { ...metadata, name: "c" } }, inner);
                                new kubernetes.core.v1.ConfigMap("e", { metadata: { ...metadata, name: "e" } }, inner);
                            },
                            own,
                        );
                    },
                    child,
                );
                new Part("Nothing", "nothing", () => undefined, child);
            });
        });

        assert.equal(
            drawn,
            [
                "keep Keep",
                "├─ secrets Secrets",
                "│     generated  one, two",
                "│     Secret  s (in elsewhere)",
                "├─ api Api › Workload",
                "│     Deployment, Service  api",
                "│     ConfigMap  c, e",
                "└─ nothing Nothing",
            ].join("\n"),
        );
    });

    it("shows what stands under the stack itself", async () => {
        assert.equal(
            await tree(() => new kubernetes.core.v1.ConfigMap("c", { metadata: { name: "loose" } })),
            "ConfigMap  loose",
        );
    });

    it("names an inner component that shares a line by another name", async () => {
        const drawn = await tree(
            () => new Part("Outer", "a", (child) => new Part("Inner", "b", () => undefined, child)),
        );

        assert.equal(drawn, "a Outer › b Inner");
    });
});
