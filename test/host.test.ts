import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { type Hold, startEngine } from "../tools/bench/engine.mjs";
import { hostArguments } from "../tools/bench/host";
import { preview } from "../tools/preview/project";

// The program in the process that Pulumi's host starts for it, by what Pulumi.yaml says; only the engine is a stand-in.

const ROOT = join(__dirname, "..");

interface Project {
    readonly main: string;
    readonly runtime: { readonly options: { readonly typescript?: boolean } };
}

const { main, runtime } = parse(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) as Project;

async function run(config: Readonly<Record<string, string>>, hold?: Hold) {
    const engine = await startEngine({ hold });
    try {
        const child = spawn(process.execPath, hostArguments(engine, ROOT, main), {
            stdio: "ignore",
            env: {
                ...process.env,
                PULUMI_CONFIG: JSON.stringify(config),
                PULUMI_CONFIG_SECRET_KEYS: "[]",
                PULUMI_NODEJS_TYPESCRIPT: String(runtime.options.typescript ?? true),
            },
        });
        const status = await new Promise<number | null>((resolve, reject) => {
            child.on("error", reject).on("close", resolve);
        });
        return { status, resources: engine.resources, outputs: engine.outputs(), logs: engine.logs.join("\n") };
    } finally {
        engine.stop();
    }
}

describe("the process that Pulumi's host starts", () => {
    it("registers what npm start shows, and exports the URLs", async () => {
        const { settings, resources } = await preview(ROOT, "dev", { overrides: [], showSecrets: false, debug: false });
        const made = await run(settings.config);
        assert.equal(made.status, 0, made.logs);
        assert.deepEqual(
            [...made.resources].sort(),
            ["pulumi:pulumi:Stack::keep-dev", ...resources.map(({ type, name }) => `${type}::${name}`)].sort(),
        );
        assert.equal(made.outputs.frontendUrl, "http://keep.localhost");
    });

    it("records what is deployed before the pods are ready, so that a failed deployment leaves it in the state", async () => {
        const { settings } = await preview(ROOT, "dev", { overrides: [], showSecrets: false, debug: false });
        const hold = { objects: /:apps\/v1:Deployment$/, until: /:keep:index:Keep::keep$/ };
        assert.equal((await run(settings.config, hold)).status, 0);
    });

    it("names all mistakes in one message and makes nothing but the stack itself", async () => {
        const { status, resources, logs } = await run({ "keep:replicas": "3", "keep:worker": "text" });
        assert.notEqual(status, 0);
        assert.match(logs, /keep:publicUrl is missing/);
        assert.match(logs, /keep:replicas/);
        assert.match(logs, /keep:worker/);
        assert.doesNotMatch(logs, /\n\s+at .*:\d+:\d+/);
        assert.deepEqual(resources, ["pulumi:pulumi:Stack::keep-dev"]);
    });
});
