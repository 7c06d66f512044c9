import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Keep } from "../../components/keep";
import type { KeepArgs } from "../../components/settings/arguments";
import { deploy } from "../support/harness";

const MINIMAL: KeepArgs = { publicUrl: "http://keep.example.com" };

describe("the secrets in the arguments of a Keep", () => {
    const wrongOutputs: Readonly<Record<string, readonly [Partial<KeepArgs>, message: RegExp]>> = {
        "of a wrong form": [{ apiKeys: pulumi.output("hunter2") }, /apiKeys is not a list of name:role:secret/],
        "of undefined": [{ apiKeys: pulumi.secret(undefined) as never }, /apiKeys is not text/],
        "of null": [{ firstUserPassword: pulumi.output(null) as never }, /firstUserPassword is not text/],
        "of a number": [{ firstUserPassword: pulumi.output(5) as never }, /firstUserPassword is not text/],
        "of an object": [{ apiKeys: pulumi.output({ hunter2: 1 }) as never }, /apiKeys is not text/],
        "of a variable that is no text": [
            { secretEnv: { backend: { TOKEN: pulumi.output(undefined) as never } } },
            /secretEnv\.backend\.TOKEN is not text/,
        ],
        "of a variable with a NUL character": [
            { secretEnv: { backend: { TOKEN: pulumi.output("hunter2\0") } } },
            /secretEnv\.backend\.TOKEN contains a NUL character/,
        ],
    };
    for (const [what, [args, message]] of Object.entries(wrongOutputs)) {
        it(`are refused for an Output ${what} as soon as it is known`, async () => {
            const build = () => new Keep("alerting", { ...MINIMAL, ...args });

            await assert.rejects(deploy(build), (error: Error) => {
                assert.match(error.message, message);
                // In a program with several Keeps, nobody would know which is meant.
                assert.match(error.message, /^1 problem in the arguments of Keep "alerting"; nothing was created:\n/);
                assert.ok(!error.message.includes("hunter2"));
                return true;
            });
        });
    }

    it("are refused all at once, together with the Outputs of settings", async () => {
        const args: KeepArgs = {
            ...MINIMAL,
            database: { kind: "postgres" },
            redis: { kind: "external", host: pulumi.output("http://redis") },
            databasePassword: pulumi.output(5) as never,
            secretEnv: { backend: { TOKEN: pulumi.output("hunter2\0") } },
        };

        await assert.rejects(
            deploy(() => new Keep("alerting", args)),
            (error: Error) => {
                const [head, ...messages] = error.message.split("\n  - ");
                assert.match(head ?? "", /^3 problems in the arguments of Keep "alerting"; nothing was created:$/);
                assert.deepEqual(
                    messages.map((message) => message.split(" ")[0]),
                    ["databasePassword", "secretEnv.backend.TOKEN", "redis.host"],
                );
                return true;
            },
        );
    });
});
