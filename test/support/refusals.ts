import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { resolve } from "../../components/settings/resolve";
import { loadConfig } from "../../components/settings/stackFile";
import { minimal, type Stack, type Written } from "./config";
import { deploy } from "./harness";

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

function problemsNow(stack: string): string[] {
    try {
        resolve(loadConfig());
        return [];
    } catch (error) {
        assert.ok(pulumi.RunError.isInstance(error), String(error));
        const [head, ...messages] = error.message.split("\n  - ");
        const count = messages.length === 1 ? "1 problem" : `${messages.length} problems`;
        assert.equal(head, `${count} in Pulumi.${stack}.yaml; nothing was changed:`);
        return messages;
    }
}

/** A test for each stack that is fine, by what is fine about it. */
export function accepts(table: Readonly<Record<string, Written>>): void {
    for (const [what, written] of Object.entries(table)) {
        it(`takes ${what}`, async () => {
            assert.deepEqual(await problems(minimal(written)), []);
        });
    }
}
