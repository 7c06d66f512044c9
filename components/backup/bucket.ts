import type * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { volumeSize } from "../fields/vocabulary";
import type { Env } from "../kubernetes/env";
import { Dumps, type DumpsArgs } from "./dumps";
import { type BackupArgs, scheduled } from "./kind";

/** Settings of every backup that goes to a bucket. */
export const bucketFields = {
    ...scheduled,
    prefix: z
        .string()
        .regex(/^[^/\s]+(\/[^/\s]+)*$/, {
            error: "is not a path inside a bucket. Begin and end it without a slash, such as backups/keep",
        })
        .optional()
        .describe("path inside the bucket; default: <namespace>/<release>"),
    scratchSize: volumeSize
        .prefault("8Gi")
        .describe("space on the node for one dump, before it is uploaded; GKE Autopilot allows at most 10Gi"),
};

/** A bucket as rclone knows it. */
interface Bucket {
    readonly name: string;
    /** Options of rclone's backend, such as `PROVIDER`. */
    readonly options: Env;
}

type BucketBackup = DumpsArgs["backup"] & {
    readonly count: number;
    readonly prefix?: string;
    readonly scratchSize: string;
};

/** Creates dumps that rclone stores in a bucket. */
export function createDumpsIn(
    { name: bucket, options }: Bucket,
    name: string,
    args: BackupArgs<BucketBackup>,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { backup, release } = args;
    const { count, prefix = `${release.namespace}/${release.name}`, scratchSize } = backup;
    // rclone takes a whole remote from such variables (https://rclone.org/docs/#environment-variables).
    const remote = Object.entries(options).map(([option, value]) => [`RCLONE_CONFIG_BUCKET_${option}`, value] as const);
    const env = { COUNT: String(count), TARGET: `bucket:${bucket}/${prefix}`, ...Object.fromEntries(remote) };
    const store = { name: "upload", image: "backup", script: "upload.sh", env } as const;
    new Dumps(name, { ...args, store, place: { scratchSize } }, opts);
}
