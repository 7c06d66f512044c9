import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { hasLater } from "../tokens";
import type { Issue } from "../fields/issue";
import type { StackConfig } from "../settings/schema";
import { defaultedIngress, destructiveChanges } from "./changes";
import { deploymentOf } from "./deployment";
import { nameIn, recordedDeployment } from "./state";

/** A Keep that is about to be deployed. */
export interface UpgradeArgs {
    /** Type token of a Keep. */
    readonly type: string;
    readonly name: string;
    /** Earlier names of the same Keep. */
    readonly aliases?: pulumi.ComponentResourceOptions["aliases"];
    readonly config: StackConfig;
    /** The settings as the user has written them, without defaults. */
    readonly written: Readonly<Record<string, unknown>>;
    /** Formats all issues as one message, with settings as the user has written them. */
    readonly report: (issues: readonly Issue[]) => string;
}

/**
 * Compares a Keep with its last deployment, as the stack's state has recorded it. The whole Keep depends on this: Pulumi registers
 * a component once its dependencies are known, and children after their parent, so nothing is created before.
 *
 * A destructive change ends the program with a pulumi.RunError that names every such change. The promise then stays pending: the
 * SDK would report a rejection once per pending property.
 * @returns no resources
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
    // What a preview does not know is compared by the deployment itself.
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

/** Name in an alias: given as such, or as the end of a URN. One that is an Output is not known yet. */
function nameOf(alias: pulumi.Input<string | pulumi.Alias>): string[] {
    const name = typeof alias === "string" ? nameIn(alias) : "name" in alias ? alias.name : undefined;
    return typeof name === "string" ? [name] : [];
}
