import assert from "node:assert/strict";

import { loadConfig } from "../../components/settings/stackFile";
import { runProgram } from "../../tools/inProcess/runProgram";

function load(project: string, config: Record<string, string>) {
    return runProgram(loadConfig, { project, config: { "keep:publicUrl": "http://keep.localhost", ...config } });
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
                    "  - alerts:release is not read: settings of Keep begin with keep:, whatever the project is called. Write it as keep:release.",
                    "  - alerts:backend is not read: settings of Keep begin with keep:, whatever the project is called. Write it as keep:backend.",
                    "  - alerts:apiKeys is not read: settings of Keep begin with keep:, whatever the project is called. Write it as keep:apiKeys.",
                ].join("\n"),
            },
        );
    });

    it("leaves other settings of the project alone", async () => {
        const { result } = await load("alerts", { "alerts:mine": "x" });

        assert.equal(result.release, "keep");
    });
});
