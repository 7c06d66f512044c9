import assert from "node:assert/strict";

import { resolve } from "../../components/settings/resolve";
import { loadConfig } from "../../components/settings/stackFile";
import { runProgram } from "../../tools/inProcess/runProgram";

function load(project: string, config: Record<string, string>) {
    return runProgram(() => resolve(loadConfig()), {
        project,
        config: { "keep:publicUrl": "http://keep.localhost", ...config },
    });
}

describe("the configuration of a project with another name", () => {
    it("is read from keep:… all the same", async () => {
        const { result } = await load("alerts", { "keep:release": "team" });

        assert.equal(result.release, "team");
    });

    it("takes no notice of the defaults that Pulumi.yaml puts under the project's name", async () => {
        const defaults = {
            "alerts:publicUrl": "",
            "alerts:backend": "{}",
            "alerts:release": "keep",
            "alerts:telemetry": "false",
        };
        const { result } = await load("alerts", defaults);

        assert.equal(result.release, "keep");
    });

    it("refuses a setting under the project's name, which would be lost", async () => {
        await assert.rejects(
            load("alerts", { "alerts:release": "team", "alerts:backend": '{"replicas":2}', "alerts:apiKeys": "x" }),
            {
                message: [
                    "3 problems in Pulumi.dev.yaml; nothing was changed:",
                    "  - keep:release is written as alerts:release, which the program ignores: its keys begin with keep:, in a project of any name. Write keep:release.",
                    "  - keep:backend is written as alerts:backend, which the program ignores: its keys begin with keep:, in a project of any name. Write keep:backend.",
                    "  - keep:apiKeys is written as alerts:apiKeys, which the program ignores: its keys begin with keep:, in a project of any name. Write keep:apiKeys.",
                ].join("\n"),
            },
        );
    });

    it("refuses a setting under a typo of keep, which would be lost, in a project of any name", async () => {
        for (const project of ["alerts", "keep"]) {
            for (const namespace of ["kepp", "Keep", "kee", "keeep", "KEEP"]) {
                await assert.rejects(load(project, { [`${namespace}:backup`]: '{"kind":"volume"}' }), (error: Error) =>
                    error.message.includes(`keep:backup is written as ${namespace}:backup, which`),
                );
            }
        }
    });

    it("leaves other keys under a typo of keep, and the keys of other namespaces, alone", async () => {
        const config = { "kepp:mine": "x", "keeper:release": "x", "step:release": "x", "kubernetes:version": "x" };
        const { result } = await load("alerts", config);

        assert.equal(result.release, "keep");
    });

    it("leaves other settings of the project alone", async () => {
        const { result } = await load("alerts", { "alerts:mine": "x" });

        assert.equal(result.release, "keep");
    });
});
