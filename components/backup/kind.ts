import type * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { host } from "../fields/host";
import { input } from "../fields/input";
import { schedule, timeZone } from "../fields/schedule";
import type { Destinations, Egress } from "../fields/traffic";
import { count, resources } from "../fields/vocabulary";
import { accountFields, podMetadata } from "../pods/settings";
import type { ScheduledJobArgs } from "../scheduledJob";

/** Arguments of a kind of backup. */
export interface BackupArgs<C> extends ScheduledJobArgs {
    readonly backup: C;
}

/** A kind of backup. */
export interface BackupKind<C> {
    /** Creates the objects. */
    readonly create: (name: string, args: BackupArgs<C>, opts: pulumi.ComponentResourceOptions) => void;
    /** Whether it creates dumps with a client of the database. */
    readonly makesDumps: boolean;
    /** Connections of its pods other than those to the database. */
    readonly egress?: (backup: C, destinations: Destinations) => readonly Egress[];
}

/** Combines a kind of backup with the schema of its settings. */
export function backupKind<S extends z.ZodType>(schema: S, kind: BackupKind<z.output<S>>) {
    return { schema, ...kind };
}

/** Settings of scheduled backups. */
export const scheduled = {
    schedule: schedule.default("0 2 * * *").describe("cron schedule of the runs"),
    timeZone,
    count: count(1).default(7).describe("dumps to keep; older ones are deleted"),
    timeoutSeconds: count(60).default(7200).describe("limit of one run, in seconds"),
    resources: resources.optional().describe("requests and limits; the default fits a medium database"),
    ...podMetadata,
    ...accountFields,
};

const server = z.strictObject({
    host: input(host()).describe("host name or address"),
    port: input(count(1, 65535)).prefault(5432).describe("port of the server"),
});

/** Server of dumps and restores, in place of the address of the database. */
export type DumpServer = z.infer<typeof server>;

/** Settings of scheduled dumps. */
export const scheduledDumps = {
    ...scheduled,
    server: server
        .optional()
        .describe("server of dumps and restores, if the address of an external PostgreSQL is a pooler's"),
};
