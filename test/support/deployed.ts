import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { loadConfig } from "../../components/settings/stackFile";
import { Keep } from "../../components/keep";
import type { RecordedResource } from "../../tools/inProcess/recordedResource";
import type { StateResource } from "../../tools/inProcess/runProgram";
import { deployKeep, minimal, type Written } from "./config";
import { danglingBetween, namesIn } from "./danglingNames";
import { deploy } from "./harness";

/** The state that a stack has after these settings were deployed. */
export async function stateAfter(settings: Written): Promise<Record<string, StateResource>> {
    return stateOf((await deployKeep(settings)).resources);
}

/** The state after an earlier version of this project, which did not record some facts. */
export async function earlierState(
    settings: Written,
    ...missing: readonly string[]
): Promise<Record<string, StateResource>> {
    const state = Object.entries(await stateAfter(settings)).map(([urn, { type, outputs }]) => {
        const { deployed, ...others } = outputs as { deployed?: object };
        const record = Object.entries(deployed ?? {}).filter(([fact]) => !missing.includes(fact));
        return [urn, { type, outputs: { ...others, deployed: Object.fromEntries(record) } }] as const;
    });
    return Object.fromEntries(state);
}

/** The state after these resources were deployed. */
export function stateOf(resources: readonly RecordedResource[]): Record<string, StateResource> {
    return Object.fromEntries(
        resources.map(({ urn, type, inputs, outputs }) => [urn, { type, outputs: { ...inputs, ...outputs?.plain } }]),
    );
}

/** What is said against deploying some settings after others; none when it is fine. Nothing is made when something is. */
export async function problemsAfter(before: Written, after: Written): Promise<string[]> {
    return problemsOn(await stateAfter(before), after);
}

/** What is said against deploying some settings on a state; none when it is fine. Nothing is made when something is. */
export async function problemsOn(state: Readonly<Record<string, StateResource>>, after: Written): Promise<string[]> {
    try {
        const { resources } = await deploy(() => new Keep("keep", loadConfig()), {
            ...minimal(after),
            state,
            // Of a stack without a file of its own: messages name no place in it.
            stack: "example",
        });
        assert.notEqual(resources.length, 0);
        return [];
    } catch (error) {
        assert.ok(pulumi.RunError.isInstance(error), String(error));
        return error.message.split("\n  - ").slice(1);
    }
}

/** A deployment after another one, and what is said against it. */
export type Change = readonly [before: Written, after: Written, ...messages: string[]];

/** A test for each change that is refused, by what it brings. */
export function refusesAfter(table: Readonly<Record<string, Change>>): void {
    for (const [what, [before, after, ...messages]] of Object.entries(table)) {
        it(`is refused when it brings ${what}`, async () => {
            assert.deepEqual(await problemsAfter(before, after), messages);
        });
    }
}

/** A test for each change that is fine, by what it brings: it also deletes nothing that is still named. */
export function takesAfter(table: Readonly<Record<string, Change>>): void {
    for (const [what, [before, after]] of Object.entries(table)) {
        it(`takes ${what}`, async () => {
            const { resources } = await deployKeep(before);
            assert.deepEqual(await problemsOn(stateOf(resources), after), []);
            const names = namesIn((await deployKeep(after)).resources);
            assert.deepEqual(danglingBetween(namesIn(resources), names), []);
        });
    }
}
