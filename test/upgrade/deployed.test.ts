import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { deployedIn } from "../../components/upgrade/deployed";
import { nameIn, readState } from "../../components/upgrade/state";
import { minimal } from "../support/config";
import { readIn, stateAfter } from "../support/deployed";
import { deploy } from "../support/harness";

describe("what a stack has deployed", () => {
    it("is nothing before the first deployment", async () => {
        assert.deepEqual(await readIn({}), { claims: [] });
    });

    it("is its version, and the volumes with what people would miss", async () => {
        const state = await stateAfter({
            database: { kind: "mysql", volume: { size: "7Gi" } },
            backup: { kind: "volume", volume: { size: "8Gi" } },
            version: "0.54.3",
        });

        assert.deepEqual(await readIn(state), {
            version: "0.54.3",
            claims: [
                {
                    namespace: "keep",
                    name: "keep-mysql",
                    part: "database",
                    size: "7Gi",
                    fixed: { accessModes: ["ReadWriteOnce"], storageClass: undefined },
                },
                {
                    namespace: "keep",
                    name: "keep-backup",
                    part: "backup",
                    size: "8Gi",
                    fixed: { accessModes: ["ReadWriteOnce"], storageClass: undefined },
                },
            ],
            secretStore: { name: "kubernetes/keep-secrets", goesWith: "namespace" },
        });
    });

    it("is what the stack asked for, where the cluster has filled in its defaults", () => {
        const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
        const labels = { "app.kubernetes.io/component": "database", "app.kubernetes.io/part-of": "keep" };
        const metadata = { name: "keep-mysql", namespace: "keep", labels };
        const outputs = { metadata, spec: { ...spec, storageClassName: "standard" }, __inputs: { metadata, spec } };

        const [claim] = deployedIn(
            [{ type: "kubernetes:core/v1:PersistentVolumeClaim", name: "keep-database", outputs }],
            ["keep"],
        ).claims;

        assert.equal(claim?.fixed?.storageClass, undefined);
    });

    it("counts a version that only the setup step has reached", async () => {
        const [old, broken] = await Promise.all(
            ["0.54.2", "0.55.0"].map((version) => stateAfter({ version, database: { kind: "postgres" } })),
        );
        const half = Object.entries({ ...old, ...broken }).map(([urn, resource]) => ({
            ...(resource.type.endsWith(":Job") ? resource : (old?.[urn] ?? resource)),
            name: nameIn(urn),
        }));

        assert.equal(deployedIn(half, ["keep"]).version, "0.55.0");
    });

    it("does not count a version that has come no further than the names of services", async () => {
        const state = await stateAfter({ version: "0.55.0", database: { kind: "postgres" } });
        const begun = Object.entries(state).filter(([, { type }]) => !/:(Deployment|Job)$/.test(type));

        assert.equal((await readIn(Object.fromEntries(begun))).version, undefined);
    });

    it("passes over what is not Keep's", () => {
        const metadata = { name: "x", namespace: "y", labels: { "app.kubernetes.io/version": "9.9.9" } };
        const spec = { resources: { requests: { storage: "1Gi" } } };

        assert.deepEqual(
            deployedIn(
                [
                    {
                        type: "kubernetes:core/v1:PersistentVolumeClaim",
                        name: "keep-database",
                        outputs: { metadata, spec },
                    },
                    { type: "kubernetes:apps/v1:Deployment", name: "keep-backend", outputs: { metadata } },
                    { type: "random:index/randomPassword:RandomPassword", name: "keep-database" },
                ],
                ["keep"],
            ),
            { claims: [] },
        );
    });

    it("is taken for nothing, with a warning, where the state cannot be read", async () => {
        const { result, warnings } = await deploy(async () => {
            const { invoke } = pulumi.runtime;
            Object.assign(pulumi.runtime, { invoke: () => Promise.reject(new Error("unknown stack")) });
            try {
                return await readState();
            } finally {
                Object.assign(pulumi.runtime, { invoke });
            }
        }, minimal());

        assert.deepEqual(result, []);
        assert.equal(warnings.length, 1);
        assert.match(warnings.join(), /could not be read, so a smaller version, .*: unknown stack$/);
    });
});
