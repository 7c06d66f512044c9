import type { types } from "@pulumi/kubernetes";

import type { BackupConfig } from "./settings";
import { apiImage, type ImageName, imageOf } from "../../fields/images";
import type { KeepConfig } from "../../settings/resolve";
import { IMAGE_ENV } from "../../environment";
import type { Env } from "../../kubernetes/env";
import { container, type Resources } from "../../kubernetes/pod";
import { envFrom } from "../../tiers/tier";
import type { NightlyArgs } from "../nightly";

type Container = types.input.core.v1.Container;

const SCRIPT_DIRECTORY = "/etc/keep/backup";
const DUMP_DIRECTORY = "/backup";

/** What backup is made from. */
export interface BackupArgs extends NightlyArgs {
    readonly backup: BackupConfig;
}

/** Dumps the database into the directory that the next step takes it from. */
export function dump(args: BackupArgs): Container {
    const { config, database } = args;
    const name = dumpImage(config);
    return step(args, {
        name: "dump",
        image: imageFor(args, name),
        script: "dump.sh",
        env: { ...database.env, DIRECTORY: DUMP_DIRECTORY },
        envFrom: name === "backend" ? envFrom(config.backend) : [],
        mounts: [...(database.file === undefined ? [] : [database.file.mount]), ...config.backend.volumeMounts],
    });
}

/** Keeps the dump: on its volume, of which the oldest go, or in a bucket. */
export function store(args: BackupArgs): Container {
    const { backup } = args;
    return backup.kind === "s3" ? storeInBucket(args, backup) : storeOnVolume(args);
}

function storeOnVolume(args: BackupArgs): Container {
    return step(args, {
        name: "prune",
        image: imageFor(args, dumpImage(args.config)),
        script: "prune.sh",
        env: { DIRECTORY: DUMP_DIRECTORY, COUNT: String(args.backup.count) },
    });
}

function storeInBucket(
    args: BackupArgs,
    { bucket, prefix, endpoint, region, count, credentials }: Extract<BackupConfig, { kind: "s3" }>,
): Container {
    const { release } = args;
    const key = (name: string) => ({ secret: { name: credentials, key: name } });
    return step(args, {
        name: "upload",
        image: imageFor(args, "backup"),
        script: "upload.sh",
        env: {
            COUNT: String(count),
            DIRECTORY: DUMP_DIRECTORY,
            TARGET: `bucket:${bucket}/${prefix ?? `${release.namespace}/${release.name}`}`,
            // rclone takes a whole remote from such variables (https://rclone.org/docs/#environment-variables).
            RCLONE_CONFIG_BUCKET_TYPE: "s3",
            RCLONE_CONFIG_BUCKET_PROVIDER: endpoint === undefined ? "AWS" : "Other",
            RCLONE_CONFIG_BUCKET_ENDPOINT: endpoint,
            RCLONE_CONFIG_BUCKET_REGION: region,
            // The bucket exists: a key that may only write objects is enough.
            RCLONE_CONFIG_BUCKET_NO_CHECK_BUCKET: "true",
            RCLONE_CONFIG_BUCKET_ACCESS_KEY_ID: key("AWS_ACCESS_KEY_ID"),
            RCLONE_CONFIG_BUCKET_SECRET_ACCESS_KEY: key("AWS_SECRET_ACCESS_KEY"),
        },
    });
}

/** One container of the backup's pod: a script of ours in somebody's image. */
function step(
    { config, backup }: BackupArgs,
    spec: {
        readonly name: string;
        readonly image: string;
        readonly script: string;
        readonly env: Env;
        readonly envFrom?: types.input.core.v1.EnvFromSource[];
        readonly mounts?: readonly types.input.core.v1.VolumeMount[];
    },
): Container {
    return container({
        ...spec,
        pullPolicy: config.images.pullPolicy,
        command: ["sh", `${SCRIPT_DIRECTORY}/${spec.script}`],
        env: { ...IMAGE_ENV, ...spec.env },
        resources: resourcesOf(backup),
        mounts: [
            { name: "tmp", mountPath: "/tmp" },
            { name: "scripts", mountPath: SCRIPT_DIRECTORY, readOnly: true },
            { name: "backup", mountPath: DUMP_DIRECTORY },
            ...(spec.mounts ?? []),
        ],
    });
}

/** What waits for the bucket lies on the node: a node that has no room for it is no place for the pod. */
function resourcesOf(backup: BackupConfig): Resources {
    const { requests, limits } = backup.resources ?? {
        requests: { cpu: "100m", memory: "128Mi" },
        limits: { cpu: "1", memory: "1Gi" },
    };
    return {
        requests,
        limits: { ...(backup.kind === "s3" ? { "ephemeral-storage": backup.scratchSize } : {}), ...limits },
    };
}

/** The image that can dump the database: its own; Keep's, which has a Python, for SQLite. */
function dumpImage({ database }: KeepConfig): ImageName {
    switch (database.kind) {
        case "external":
            return database.engine;
        case "sqlite":
            return "backend";
        default:
            return database.kind;
    }
}

function imageFor({ config, release }: BackupArgs, name: ImageName): string {
    return name === "backend" ? apiImage(config) : imageOf(config.images, name, release.version);
}
