import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import type { KeepArgs } from "../../components/keep";
import { secretKeys } from "../../components/secrets/settings";
import { readArguments } from "../../components/settings/arguments";
import { resolve } from "../../components/settings/resolve";
import { loadConfig } from "../../components/settings/stackFile";
import { minimal, type Stack, type Written } from "./config";
import { deploy } from "./harness";
import { withInputs } from "./laterInputs";

/** What is said against a stack, one message a problem; none when it takes it. */
export async function problems(options: Stack): Promise<string[]> {
    const stack = options.stack ?? "example";
    const { result } = await deploy(() => problemsNow(stack), { ...options, stack });
    return result;
}

/** The same for many stacks, in one program, which takes a tenth of the time. */
export async function problemsOfEach(stacks: readonly Stack[]): Promise<string[][]> {
    const { result } = await deploy(
        () =>
            stacks.map(({ config, secretKeys }) => {
                pulumi.runtime.setAllConfig({ ...config }, [...(secretKeys ?? [])]);
                return problemsNow("example");
            }),
        { stack: "example" },
    );
    return result;
}

/** What is said against the arguments of a program, with something in the place of each input. */
async function problemsOfArguments(written: Written, give: (value: unknown) => unknown): Promise<string[]> {
    const args = Object.entries({ publicUrl: "http://keep.example.com", ...written }).map(([key, value]) => [
        key,
        key in secretKeys && key !== "secretEnv" && typeof value === "object" ? JSON.stringify(value) : value,
    ]);
    const { result } = await deploy(() =>
        messagesOf(() =>
            resolve(
                readArguments(
                    "keep",
                    withInputs(Object.fromEntries(args) as KeepArgs, () => true, give),
                ),
            ),
        ),
    );
    return result.slice(1);
}

function problemsNow(stack: string): string[] {
    const [head, ...messages] = messagesOf(() => resolve(loadConfig()));
    const count = messages.length === 1 ? "1 problem" : `${messages.length} problems`;
    assert.equal(head ?? "", messages.length === 0 ? "" : `${count} in Pulumi.${stack}.yaml; nothing was changed:`);
    return messages;
}

/** The head and the messages of the error with which something ends; none if it succeeds. */
function messagesOf(run: () => unknown): string[] {
    try {
        run();
        return [];
    } catch (error) {
        assert.ok(pulumi.RunError.isInstance(error), String(error));
        return error.message.split("\n  - ");
    }
}

/** Tests for each stack that is fine, by what is fine about it. Its inputs may also be Outputs. */
export function accepts(table: Readonly<Record<string, Written>>): void {
    for (const [what, written] of Object.entries(table)) {
        it(`takes ${what}`, async () => {
            assert.deepEqual(await problems(minimal(written)), []);
            const later = await problemsOfArguments(written, (value) => pulumi.output(value));
            assert.deepEqual(
                later.filter((message) => !message.includes("is an Output, but the program must know its value")),
                await problemsOfArguments(written, (value) => value),
            );
        });
    }
}
