import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { hasLater } from "../tokens";
import type { Issue } from "../fields/issue";
import type { StackConfig } from "../settings/schema";
import { defaultedIngress, destructiveChanges } from "./changes";
import { deploymentOf } from "./deployment";
import { nameIn, recordedDeployment } from "./state";

/** Arguments of checkUpgrade. */
export interface UpgradeArgs {
    /** Type token of the component. */
    readonly type: string;
    readonly name: string;
    /** Earlier names of the component. */
    readonly aliases?: pulumi.ComponentResourceOptions["aliases"];
    readonly config: StackConfig;
    /** The settings without defaults. */
    readonly written: Readonly<Record<string, unknown>>;
    /** Formats all issues as one message. */
    readonly report: (issues: readonly Issue[]) => string;
}

/**
 * Compares the settings with the last deployment in the stack's state. The component depends on the result: Pulumi
 * registers a component when its dependencies are known, and children after their parent, so nothing is created before
 * the check.
 *
 * With a destructive change, the program ends with a pulumi.RunError that lists all such changes, and the promise stays
 * pending: the SDK would report a rejection once for each property that waits for it.
 * @returns an empty list
 */
export function checkUpgrade(args: UpgradeArgs): Promise<pulumi.Resource[]> {
    return new Promise((resolve) => {
        void rejectDestructiveChanges(args).then(() => {
            resolve([]);
        });
    });
}

async function rejectDestructiveChanges(args: UpgradeArgs): Promise<void> {
    const { type, name, aliases = [], config, written, report } = args;
    const before = await recordedDeployment(type, [name, ...aliases.flatMap(nameOf)]);
    const after = deploymentOf(config);
    // Values that a preview does not know are compared in the deployment.
    if (before === undefined || hasLater(after)) return;
    const hasKind = z.object({ kind: z.string() }).safeParse(written.ingress).success;
    const issues = [
        ...destructiveChanges(before, after, config.allow),
        ...(hasKind ? [] : defaultedIngress(before, after)),
    ];
    if (issues.length > 0) {
        throw new pulumi.RunError(report(issues));
    }
}

/** Name in an alias: explicit, or at the end of a URN; undefined if it is an Output. */
function nameOf(alias: pulumi.Input<string | pulumi.Alias>): string[] {
    const name = typeof alias === "string" ? nameIn(alias) : "name" in alias ? alias.name : undefined;
    return typeof name === "string" ? [name] : [];
}
