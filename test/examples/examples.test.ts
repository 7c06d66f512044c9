import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { runtime } from "@pulumi/pulumi";

import { AUTHORITY } from "../support/certificate";
import { type Deployed, deploy } from "../support/harness";
import { goldenOf } from "./golden";
import { installed } from "./install";
import { type Example, outputsOf, programs } from "./programs";

const ROOT = join(__dirname, "..", "..");

/** Runs an example: as a preview, which does not know what its cloud will answer, or as a deployment, which does. */
async function run(name: string, example: Example, preview: boolean): Promise<Deployed<unknown>> {
    const load = createRequire(join(installed(name), "index.ts"));
    Reflect.deleteProperty(load.cache, load.resolve("./index.ts"));
    const { project, functions } = example;
    return await deploy(() => load("./index.ts") as unknown, {
        project,
        preview,
        functions,
        config: Object.fromEntries(Object.entries(example.config).map(([key, value]) => [`${project}:${key}`, value])),
        providerOutputs: (type, resource) => {
            const outputs = outputsOf(example, type, resource);
            return preview
                ? Object.fromEntries(Object.keys(outputs).map((key) => [key, runtime.unknownValue]))
                : outputs;
        },
        exports: (result) => result as object,
    });
}

describe("an example as a whole program, with the SDK of its cloud", () => {
    const { fetch } = globalThis;
    before(() => {
        // The authorities of RDS, which its example downloads.
        globalThis.fetch = (url) => {
            const place = url instanceof Request ? url.url : url.toString();
            return Promise.resolve(new Response(`# ${place}\n${AUTHORITY}`));
        };
    });
    after(() => {
        globalThis.fetch = fetch;
    });

    for (const [name, example] of Object.entries(programs)) {
        it(`type-checks: ${name}`, () => {
            const compiler = join(ROOT, "node_modules", "typescript-native", "bin", "tsc");
            const { stdout } = spawnSync(process.execPath, [compiler, "-p", installed(name)], { encoding: "utf8" });

            assert.equal(stdout, "");
        });

        it(`previews the same resources as it creates: ${name}`, async () => {
            const urns = ({ resources }: Deployed<unknown>) => resources.map(({ urn }) => urn).sort();

            assert.deepEqual(urns(await run(name, example, true)), urns(await run(name, example, false)));
        });

        it(`creates what test/golden/examples/${name}.yaml says; if the change is meant, run npm run test:examples -- --golden: ${name}`, async () => {
            const path = join(ROOT, "test", "golden", "examples", `${name}.yaml`);
            const golden = goldenOf(await run(name, example, false), example);
            if (process.env.GOLDEN === "write") {
                writeFileSync(path, golden);
            }

            assert.deepEqual(golden.split("\n"), readFileSync(path, "utf8").split("\n"));
        });
    }
});
