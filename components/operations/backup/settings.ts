import * as z from "zod";

import { volume } from "../../database/settings";
import { schedule, timeZone } from "../../fields/schedule";
import { count, objectName, resources } from "../../fields/vocabulary";

const fields = {
    schedule: schedule.default("0 2 * * *").describe("when, as in cron"),
    timeZone,
    count: count(1).default(7).describe("dumps that are kept; older ones are deleted"),
    timeoutSeconds: count(60).default(7200).describe("how long one run may take"),
    resources: resources.optional().describe("requests and limits; the default fits a medium database"),
};

const none = z.strictObject({ kind: z.literal("none").describe("no backup by this program") });

const onVolume = z.strictObject({
    kind: z.literal("volume").describe("dumps on a disk of their own in the cluster, which outlives the stack"),
    ...fields,
    volume: volume
        .omit({ retain: true })
        .prefault({})
        .describe("the disk; must hold count dumps and one more. It is kept when the stack is destroyed"),
});

const s3 = z.strictObject({
    kind: z.literal("s3").describe("dumps in a bucket of S3, or of a server that speaks S3"),
    ...fields,
    bucket: z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
            error: "is not the name of a bucket. Give the name alone; a path goes to keep:backup.prefix",
        })
        .describe("bucket, which must exist"),
    prefix: z
        .string()
        .regex(/^[^/\s]+(\/[^/\s]+)*$/, {
            error: "is not a path inside a bucket. Begin and end it without a slash, such as backups/keep",
        })
        .optional()
        .describe("path inside the bucket; default: <namespace>/<release>"),
    endpoint: z
        .url({ error: "is not a URL. Give the server's address, such as https://minio.example.com" })
        .optional()
        .describe("address of the server; default: Amazon's"),
    region: z.string().regex(/\S/).default("us-east-1").describe("region of the bucket"),
    credentials: objectName(253).describe(
        "existing Secret in Keep's namespace with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    ),
    scratchSize: z
        .string()
        .regex(/^[0-9]+[KMGT]i$/, { error: "is not a size. Write it like 20Gi" })
        .default("20Gi")
        .describe("room on the node for one dump, before it is sent"),
});

const snapshot = z.strictObject({
    kind: z.literal("snapshot").describe("snapshots of the database's disk, where its storage driver can take them"),
    ...fields,
    count: count(1).default(7).describe("snapshots that are kept; older ones are deleted"),
    className: objectName(253).optional().describe("VolumeSnapshotClass; default: the driver's own"),
});

/** Whether and where the database is backed up. */
export const backup = z.discriminatedUnion("kind", [none, onVolume, s3, snapshot]);

/** Where the database is dumped, validated and with defaults. */
export type BackupConfig = z.infer<typeof onVolume> | z.infer<typeof s3>;

/** Whether backups are dumps, which a client of the database makes. */
export function isDump(config: z.infer<typeof backup>): config is BackupConfig {
    return config.kind === "volume" || config.kind === "s3";
}

/** Snapshots of the database's disk, validated and with defaults. */
export type SnapshotConfig = z.infer<typeof snapshot>;
