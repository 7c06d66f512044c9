import type * as pulumi from "@pulumi/pulumi";

import { createBackup } from "./backup/settings";
import { Monitoring } from "./monitoring/monitoring";
import { Retention } from "./retention/retention";
import type { ScheduledJobArgs } from "./scheduledJob";
import type { MetricsLogin } from "./secrets/metricsLogin";
import type { KeepConfig } from "./settings/resolve";

/** Arguments of createOperations. */
export interface OperationsArgs extends ScheduledJobArgs {
    readonly config: KeepConfig;
    readonly metricsLogin: MetricsLogin | undefined;
}

/** Creates backup, retention and monitoring, if they are configured. */
export function createOperations(name: string, args: OperationsArgs, opts: pulumi.ComponentResourceOptions): void {
    const { config, metricsLogin, release } = args;
    const { backup, retention } = config;
    createBackup(`${name}-backup`, { ...args, backup }, opts);
    if (retention.days !== undefined) {
        new Retention(`${name}-retention`, { ...args, retention, days: retention.days }, opts);
    }
    if (metricsLogin !== undefined) {
        new Monitoring(`${name}-monitoring`, { release, config, login: metricsLogin }, opts);
    }
}
