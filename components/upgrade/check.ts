import * as pulumi from "@pulumi/pulumi";

import { stackReport } from "../config/load";
import type { StackConfig } from "../config/schema";
import { changeProblems } from "./changes";
import { readDeployed } from "./deployed";

/**
 * What a whole Keep depends on: that it undoes nothing of what the stack's state says of the Keep that runs. Pulumi registers a
 * component when its dependencies are known, and children after their parent; so nothing of it is made while this is open.
 *
 * Where it would undo something, this stays open, and a pulumi.RunError that names every such change ends the program. As a
 * rejection of this promise the SDK would tell of it once more for each property that waits.
 * @returns no resources
 */
export function undoesNothing(config: StackConfig): Promise<pulumi.Resource[]> {
    return new Promise((resolve) => {
        void refuseUndoing(config).then(() => {
            resolve([]);
        });
    });
}

async function refuseUndoing(config: StackConfig): Promise<void> {
    const problems = changeProblems(await readDeployed(), config);
    if (problems.length > 0) {
        throw new pulumi.RunError(stackReport(problems));
    }
}
