import type * as pulumi from "@pulumi/pulumi";

import { isDump } from "./backup/settings";
import { databaseClaim } from "../database/claim";
import { Monitoring } from "../monitoring/monitoring";
import type { MetricsLogin } from "../secrets/metricsLogin";
import { Backup } from "./backup/backup";
import type { NightlyArgs } from "./nightly";
import { Retention } from "./retention";
import { Snapshots } from "./snapshots";

/** What everything beside Keep itself is made from. */
export interface OperationsArgs extends NightlyArgs {
    readonly metricsLogin: MetricsLogin | undefined;
}

/** Makes what keeps Keep well: backup, retention and monitoring, each when its key asks for it. */
export function createOperations(name: string, args: OperationsArgs, opts: pulumi.ComponentResourceOptions): void {
    const { config, metricsLogin, release } = args;
    const { backup, database, retention } = config;
    if (isDump(backup)) {
        new Backup(`${name}-backup`, { ...args, backup }, opts);
    }
    // Without a disk in the cluster `keep:backup` refuses snapshots.
    if (backup.kind === "snapshot" && "volume" in database) {
        new Snapshots(`${name}-backup`, { ...args, backup, claim: databaseClaim(release, database) }, opts);
    }
    if (retention.days !== undefined) {
        new Retention(`${name}-retention`, { ...args, days: retention.days }, opts);
    }
    if (metricsLogin !== undefined) {
        new Monitoring(`${name}-monitoring`, { release, config, login: metricsLogin }, opts);
    }
}
