import type * as pulumi from "@pulumi/pulumi";

import type { MetricsLogin } from "../monitoring/login";
import { Monitoring } from "../monitoring/monitoring";
import { Backup } from "./backup";
import { Retention, type RetentionArgs } from "./retention";

/** What everything beside Keep itself is made from. */
export interface OperationsArgs extends RetentionArgs {
    readonly metricsLogin: MetricsLogin | undefined;
}

/** Makes what keeps Keep well: backup, retention and monitoring, each when its key asks for it. */
export function createOperations(name: string, args: OperationsArgs, opts: pulumi.ComponentResourceOptions): void {
    const { config, metricsLogin, release } = args;
    const { backup, retention } = config;
    if (backup.kind !== "none") {
        new Backup(`${name}-backup`, { ...args, backup }, opts);
    }
    if (retention.days !== undefined) {
        new Retention(`${name}-retention`, { ...args, days: retention.days }, opts);
    }
    if (metricsLogin !== undefined) {
        new Monitoring(`${name}-monitoring`, { release, config, login: metricsLogin }, opts);
    }
}
