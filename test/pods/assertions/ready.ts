import assert from "node:assert/strict";

import type { DeployedKeep } from "../support/keep";

/** Deploys it, asserts that nothing is wrong with it then, and prints how long that took. */
export async function assertGetsReady(keep: DeployedKeep): Promise<void> {
    const { seconds, findings } = await keep.deploy();
    assert.deepEqual(findings, []);
    console.log(`      Ready after ${seconds} s`);
}
