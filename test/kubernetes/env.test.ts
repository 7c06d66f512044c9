import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { envVars, mergeEnv } from "../../components/kubernetes/env";

describe("the environment of a container", () => {
    it("is sorted by name, so that the order of the code never restarts a pod", () => {
        assert.deepEqual(envVars({ B: "2", A: "1", C: "3" }), [
            { name: "A", value: "1" },
            { name: "B", value: "2" },
            { name: "C", value: "3" },
        ]);
    });

    it("puts what quotes another variable behind all others, because Kubernetes fills in only what stands before", () => {
        assert.deepEqual(envVars({ URL: "http://$(USER)@host", ADDRESS: "$(USER)", Z: "$5", USER: "me" }), [
            { name: "USER", value: "me" },
            { name: "Z", value: "$5" },
            { name: "ADDRESS", value: "$(USER)" },
            { name: "URL", value: "http://$(USER)@host" },
        ]);
    });

    it("leaves out what is undefined, and keeps what is empty", () => {
        assert.deepEqual(envVars({ A: undefined, B: "" }), [{ name: "B", value: "" }]);
    });

    it("refers to keys of Secrets and ConfigMaps", () => {
        assert.deepEqual(
            envVars({ A: { secret: { name: "s", key: "k" } }, B: { configMap: { name: "c", key: "k" } } }),
            [
                { name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
                { name: "B", valueFrom: { configMapKeyRef: { name: "c", key: "k" } } },
            ],
        );
    });

    it("takes values that are known later", () => {
        const [output, promise] = [pulumi.output("later"), Promise.resolve("later")];

        assert.deepEqual(envVars({ A: output, B: promise }), [
            { name: "A", value: output },
            { name: "B", value: promise },
        ]);
    });

    it("is joined from parts, of which a later one replaces an earlier one", () => {
        assert.deepEqual(mergeEnv([{ A: "1", B: "1" }, { B: "2" }, {}]), { A: "1", B: "2" });
        assert.deepEqual(mergeEnv([]), {});
    });
});
