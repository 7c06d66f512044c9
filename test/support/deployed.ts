import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { loadConfig } from "../../components/config/load";
import { Keep } from "../../components/keep";
import { undoesNothing } from "../../components/upgrade/check";
import { type Deployed, readDeployed } from "../../components/upgrade/deployed";
import type { StateResource } from "../../tools/inProcess/runProgram";
import { deployKeep, minimal, type Written } from "./config";
import { deploy } from "./harness";

/** The state that a stack would have after these settings were deployed: every object as it was given to the cluster. */
export async function stateAfter(settings: Written): Promise<Record<string, StateResource>> {
    const { resources } = await deployKeep(settings);
    return Object.fromEntries(
        resources.map(({ urn, type, inputs }) => [urn, { type, outputs: { ...inputs, __inputs: inputs } }]),
    );
}

/** What the program reads in a state. */
export async function readIn(state: Readonly<Record<string, StateResource>>): Promise<Deployed> {
    return (await deploy(readDeployed, { ...minimal(), state })).result;
}

/** What is said against deploying some settings after others; none when it is fine. Nothing is made when something is. */
export async function problemsAfter(before: Written, after: Written): Promise<string[]> {
    const state = await stateAfter(before);
    const build = () => {
        const config = loadConfig();
        return new Keep("keep", config, { dependsOn: undoesNothing(config) });
    };
    try {
        const { resources } = await deploy(build, { ...minimal(after), state });
        assert.notEqual(resources.length, 0);
        return [];
    } catch (error) {
        assert.ok(pulumi.RunError.isInstance(error), String(error));
        return error.message.split("\n  - ").slice(1);
    }
}
