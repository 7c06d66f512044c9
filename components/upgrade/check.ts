import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "../settings/schema";
import { changeProblems } from "./changes";
import { deployedIn } from "./deployed";
import { nameIn, readState } from "./state";
import type { Issue } from "../fields/issue";

/** A Keep that is about to be made. */
export interface Intended {
    readonly name: string;
    /** Names that it had before count, too. */
    readonly aliases?: pulumi.ComponentResourceOptions["aliases"];
    readonly config: StackConfig;
    /** All problems as one message, with keys as the user has written them. */
    readonly report: (problems: readonly Issue[]) => string;
}

/**
 * What a whole Keep depends on: that it undoes nothing of what the stack's state says of the Keep that runs. Pulumi registers a
 * component when its dependencies are known, and children after their parent; so nothing of it is made while this is open.
 *
 * Where it would undo something, this stays open, and a pulumi.RunError that names every such change ends the program. As a
 * rejection of this promise the SDK would tell of it once more for each property that waits.
 * @returns no resources
 */
export function undoesNothing(intended: Intended): Promise<pulumi.Resource[]> {
    return new Promise((resolve) => {
        void refuseUndoing(intended).then(() => {
            resolve([]);
        });
    });
}

async function refuseUndoing({ name, aliases, config, report }: Intended): Promise<void> {
    const names = [name, ...(aliases ?? []).flatMap(nameOf)];
    const problems = changeProblems(deployedIn(await readState(), names), config);
    if (problems.length > 0) {
        throw new pulumi.RunError(report(problems));
    }
}

/** The name in an alias: given as such, or as the end of a URN. One that is an Output is not known yet. */
function nameOf(alias: pulumi.Input<string | pulumi.Alias>): string[] {
    const name = typeof alias === "string" ? nameIn(alias) : "name" in alias ? alias.name : undefined;
    return typeof name === "string" ? [name] : [];
}
