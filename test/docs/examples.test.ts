import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

import { type KeepArgs, readArguments } from "../../components/settings/arguments";
import { resolve } from "../../components/settings/resolve";
import { secretKeys } from "../../components/secrets/settings";
import { packageSchema } from "../../plugin/schema";
import { deployStack, stack } from "../support/config";
import { deploy } from "../support/harness";

const example = (path: string) => readFileSync(join(__dirname, "../../examples", path), "utf8");

describe("the examples", () => {
    it("have settings for the operator that the stack takes", async () => {
        const { spec } = parse(example("operator/stack.yaml")) as {
            spec: { stack: string; config: Record<string, unknown> };
        };
        const { config, secretKeys: marked = [] } = stack(spec.stack);
        const asText = Object.entries(spec.config).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]);
        const { resources } = await deployStack({
            config: { ...config, ...(Object.fromEntries(asText) as Record<string, string>) },
            secretKeys: marked,
        });

        assert.ok(resources.length > 20);
    });

    it("have arguments in YAML that a Keep takes", async () => {
        const { resources } = parse(example("yaml/Pulumi.yaml")) as {
            resources: { alerting: { type: string; properties: KeepArgs } };
        };
        const { type, properties } = resources.alerting;
        assert.equal(properties.labels?.team, "${team.id}");
        const given = { labels: { team: pulumi.output("brave-ant") }, databaseUrl: secretKeys.databaseUrl.example };
        const args = { ...properties, ...given };

        assert.equal(type, "keep:Keep");
        await assert.doesNotReject(deploy(() => resolve(readArguments("alerting", args))));
    });

    it("have arguments in Python that the package has", () => {
        const { resources } = packageSchema("1.2.3") as {
            resources: Record<string, { inputProperties: Record<string, unknown> }>;
        };
        const names = [...example("python/__main__.py").matchAll(/^ {4}(\w+)=/gm)].map(([, name = ""]) =>
            name.replace(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase()),
        );
        const known = Object.keys(resources["keep:index:Keep"]?.inputProperties ?? {});

        assert.ok(names.length > 3);
        assert.deepEqual(
            names.filter((name) => !known.includes(name)),
            [],
        );
    });
});
