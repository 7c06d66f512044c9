import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Keep } from "../components/keep";
import { deployKeep, type Written } from "./support/config";
import { deploy } from "./support/harness";
import { accepts } from "./support/refusals";

const LONG = "a".repeat(40);
describe("the namespace", () => {
    it("enforces Pod Security restricted, another level, or none", async () => {
        const level = async (namespace?: Written) => {
            const { one } = await deployKeep({ namespace });
            return one("Namespace", "keep").inputs.metadata.labels["pod-security.kubernetes.io/enforce"];
        };

        assert.deepEqual(
            [await level(), await level({ podSecurity: "baseline" }), await level({ podSecurity: "none" })],
            ["restricted", "baseline", undefined],
        );
    });
    it("takes a level of Pod Security that is an Output, and validates it when it is known", async () => {
        const warnings = async (level: string) => {
            const labels = { "pod-security.kubernetes.io/warn": pulumi.output(level) };
            const args = { publicUrl: "http://keep.example.com", namespace: { labels } };
            const { one } = await deploy(() => new Keep("keep", args));
            return one("Namespace", "keep").inputs.metadata.labels["pod-security.kubernetes.io/warn"];
        };

        assert.equal(await warnings("baseline"), "baseline");
        await assert.rejects(warnings("strict"), /\("strict"\) is not a level/);
    });
    accepts({
        "a long name where the credentials are elsewhere": {
            namespace: { name: LONG },
            release: "alerting-for-production",
            secretStore: { kind: "kubernetes", namespace: "credentials", acceptShared: true },
        },
    });
});
