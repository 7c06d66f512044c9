import type * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { proxyVariables } from "../airGapped/proxyVariables";
import { volumeSize } from "../fields/vocabulary";
import type { Env } from "../kubernetes/env";
import { Dumps, type DumpsArgs } from "./dumps";
import { type BackupArgs, scheduledDumps } from "./kind";
import { variablesOfMounts } from "../tiers/variables";

/** Settings of backups to a bucket. */
export const bucketFields = {
    ...scheduledDumps,
    prefix: z
        .string()
        .max(500, {
            error: "is longer than 500 characters. Shorten it",
        })
        .regex(/^[^/\s]+(\/[^/\s]+)*$/, {
            error: "is not a path in a bucket. Write it without a slash at its beginning and end, such as backups/keep",
            abort: true,
        })
        // rclone would resolve such parts, and write to another bucket
        // (https://rclone.org/docs/#syntax-of-remote-paths).
        .refine((path) => !path.split("/").some((part) => /^\.{1,2}$|[\p{C}\\]/u.test(part)), {
            error: "contains . or .., a backslash or an invisible character. Write a path such as backups/keep",
        })
        .optional()
        .describe("path inside the bucket; default: <namespace>/<release>"),
    scratchSize: volumeSize
        .prefault("8Gi")
        .describe("space on the node for one dump, before it is uploaded; GKE Autopilot allows at most 10Gi"),
};

/** A bucket in rclone's configuration. */
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
    const { backup, config, release } = args;
    const { count, prefix = `${release.namespace}/${release.name}`, scratchSize } = backup;
    // These variables define a remote of rclone (https://rclone.org/docs/#environment-variables).
    const remote = Object.entries(options).map(([option, value]) => [`RCLONE_CONFIG_BUCKET_${option}`, value] as const);
    const { env, volumeMounts } = config.backend;
    const variables = {
        ...variablesOfMounts(config.backend),
        // rclone reads what Keep's processes read (https://rclone.org/faq/#can-i-use-rclone-with-an-http-proxy).
        ...proxyVariables(env),
        SSL_CERT_FILE: env.SSL_CERT_FILE,
        COUNT: String(count),
        TARGET: `bucket:${bucket}/${prefix}`,
        ...Object.fromEntries(remote),
    };
    const step = { name: "upload", image: "backup", script: "upload.sh" } as const;
    const store = { ...step, env: variables, mounts: volumeMounts };
    new Dumps(name, { ...args, store, place: { scratchSize } }, opts);
}
