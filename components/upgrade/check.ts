import * as pulumi from "@pulumi/pulumi";

import { report } from "../config";
import type { StackConfig } from "../config/schema";
import { changeProblems } from "./changes";
import { readDeployed } from "./deployed";

/**
 * What a whole Keep depends on: that it undoes nothing of what the stack's state says of the Keep that runs. Pulumi registers a
 * component when its dependencies are known, and children after their parent; so nothing of it is made while this is open.
 * @returns no resources
 * @throws pulumi.RunError naming every change that would lose data.
 */
export async function undoesNothing(config: StackConfig): Promise<pulumi.Resource[]> {
    const problems = changeProblems(await readDeployed(), config);
    if (problems.length > 0) {
        throw new pulumi.RunError(report(problems));
    }
    return [];
}
