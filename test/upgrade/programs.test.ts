import assert from "node:assert/strict";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KeepArgs } from "../../components/settings/arguments";
import { Keep } from "../../components/keep";
import { KeepProvider } from "../../plugin/provider";
import { stateOf } from "../support/deployed";
import { deploy } from "../support/harness";

const at = (version: string): KeepArgs => ({ publicUrl: "http://keep.example.com", version });

/** What a program that has made some Keeps is told when it makes others. */
async function toldAfter(before: () => unknown, after: () => unknown): Promise<string | undefined> {
    const { resources } = await deploy(before);
    try {
        await deploy(after, { state: stateOf(resources) });
        return undefined;
    } catch (error) {
        assert.ok(pulumi.RunError.isInstance(error), String(error));
        return error.message;
    }
}

const make = (name: string, version: string, opts?: pulumi.ComponentResourceOptions) => () =>
    new Keep(name, at(version), opts);

describe("a Keep in a program", () => {
    it("is compared with the one that runs, and told so by the names of its arguments", async () => {
        const message = await toldAfter(make("alerting", "0.55.0"), make("alerting", "0.54.2"));

        assert.equal(
            message,
            [
                '1 problem in the arguments of Keep "alerting"; nothing was created:',
                '  - version ("0.54.2") is older than 0.55.0, which this stack has deployed or begun to deploy. Keep cannot roll back its migrations. Use 0.55.0 or later; or restore the database as 0.54.2 left it, then set allow.downgradeFrom to 0.55.0 (docs/upgrade.md).',
            ].join("\n"),
        );
    });

    it("keeps what else it depends on", async () => {
        const { one } = await deploy(() => {
            const first = new k8s.core.v1.ConfigMap("first");
            return new Keep("alerting", at("0.54.2"), { dependsOn: first });
        });

        assert.deepEqual(
            one("Keep").dependencies.map(({ name }) => name),
            ["first"],
        );
    });

    it("is compared with itself only, however like its name those of its neighbours are", async () => {
        const both = (newer: string, older: string) => () => [
            new Keep("team", { ...at(newer), release: "one" }),
            new Keep("team-a", { ...at(older), release: "two", publicUrl: "http://two.example.com" }),
        ];

        assert.equal(await toldAfter(both("0.54.2", "0.55.0"), both("0.54.2", "0.55.0")), undefined);
        assert.equal(await toldAfter(both("0.55.0", "0.54.2"), both("0.55.0", "0.54.2")), undefined);
    });

    for (const [how, alias] of Object.entries({
        name: { name: "keep" },
        URN: "urn:pulumi:dev::keep::keep:index:Keep::keep",
    })) {
        it(`is compared with what it was called before, by an alias with its ${how}`, async () => {
            const renamed = make("alerting", "0.54.2", { aliases: [alias] });

            assert.match((await toldAfter(make("keep", "0.55.0"), renamed)) ?? "", /version .* is older than 0.55.0/);
        });
    }

    it("of another language is compared as well", async () => {
        const provider = new KeepProvider("1.2.3");
        const constructed = () => provider.construct("alerting", "keep:index:Keep", { ...at("0.54.2") }, {});

        assert.match(
            (await toldAfter(make("alerting", "0.55.0"), constructed)) ?? "",
            /^1 problem in the arguments of Keep "alerting".*\n {2}- version .* is older than 0.55.0/,
        );
    });
});
