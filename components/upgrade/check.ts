import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { hasLater } from "../tokens";
import type { Issue } from "../fields/issue";
import type { StackConfig } from "../settings/schema";
import { defaultedIngress, destructiveChanges } from "./changes";
import { deploymentOf } from "./deployment";
import { nameIn, recordedDeployment } from "./state";

/** Arguments of destructiveIssues. */
export interface UpgradeArgs {
    /** Type token of the component. */
    readonly type: string;
    readonly name: string;
    /** Earlier names of the component. */
    readonly aliases?: pulumi.ComponentResourceOptions["aliases"];
    readonly config: StackConfig;
    /** The settings without defaults. */
    readonly written: Readonly<Record<string, unknown>>;
}

/** Compares the settings with the last deployment in the stack's state, and returns the destructive changes. */
export async function destructiveIssues(args: UpgradeArgs): Promise<readonly Issue[]> {
    const { type, name, aliases = [], config, written } = args;
    const before = await recordedDeployment(type, [name, ...aliases.flatMap(nameOf)]);
    const after = deploymentOf(config);
    // Values that a preview does not know are compared in the deployment. The name of an account hides no change of data.
    if (before === undefined || hasLater({ ...after, accounts: [] })) {
        return [];
    }
    const hasKind = z.object({ kind: z.string() }).safeParse(written.ingress).success;
    return [...destructiveChanges(before, after, config.allow), ...(hasKind ? [] : defaultedIngress(before, after))];
}

/** Name in an alias: explicit, or at the end of a URN; undefined if it is an Output. */
function nameOf(alias: pulumi.Input<string | pulumi.Alias>): string[] {
    const name = typeof alias === "string" ? nameIn(alias) : "name" in alias ? alias.name : undefined;
    return typeof name === "string" ? [name] : [];
}
