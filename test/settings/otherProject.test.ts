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

    it("leaves other settings of the project alone", async () => {
        const { result } = await load("alerts", { "alerts:mine": "x" });

        assert.equal(result.release, "keep");
    });
});
