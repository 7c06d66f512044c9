import type * as pulumi from "@pulumi/pulumi";

import { Backup } from "./backup";
import { Retention, type RetentionArgs } from "./retention";

/** Makes what works at night: the backup that `keep:backup` asks for, and the retention that `keep:retention` asks for. */
export function createOperations(name: string, args: RetentionArgs, opts: pulumi.ComponentResourceOptions): void {
    const { backup, retention } = args.config;
    if (backup.kind !== "none") {
        new Backup(`${name}-backup`, { ...args, backup }, opts);
    }
    if (retention.days !== undefined) {
        new Retention(`${name}-retention`, { ...args, days: retention.days }, opts);
    }
}
