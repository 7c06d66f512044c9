import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KeepConfig } from "../config/resolve";
import type { BackupConfig } from "../config/backup";
import { type ImageName, imageOf } from "../config/images";
import type { Database } from "../database/database";
import type { Env } from "../kubernetes/env";
import { ARBITRARY_USER, container, podSpec, type Resources, scratch } from "../kubernetes/pod";
import { besidePodsOf, Schedule } from "../kubernetes/schedule";
import { Volume } from "../kubernetes/volume";
import { clusterName, type Release, scopeOf } from "../naming";
import { envFrom } from "../tiers/tier";

const SCRIPTS = ["dump.sh", "fetch.sh", "mysql.sh", "prune.sh", "restore.sh", "upload.sh"];
const SCRIPT_DIRECTORY = "/etc/keep/backup";
const DUMP_DIRECTORY = "/backup";

/** What backup is made from. */
export interface BackupArgs {
    readonly release: Release;
    readonly config: KeepConfig;
    readonly backup: BackupConfig;
    readonly database: Database;
    readonly fixedUser: boolean;
    readonly dependsOn: readonly pulumi.Resource[];
}

/** Dumps the database at night: first the dump, by the database's own image; then what keeps or sends it. */
export class Backup extends pulumi.ComponentResource {
    constructor(name: string, args: BackupArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:operations:Backup", name, {}, opts);
        const { release, backup } = args;
        const scope = scopeOf(release, "backup");
        const child = { parent: this };
        const scripts = new k8s.core.v1.ConfigMap(
            name,
            {
                metadata: { name: scope.name, namespace: scope.namespace, labels: scope.labels },
                data: Object.fromEntries(
                    SCRIPTS.map((file) => [file, readFileSync(join(__dirname, "backup", file), "utf8")]),
                ),
            },
            child,
        );
        const disk =
            backup.kind === "volume"
                ? new Volume(
                      name,
                      {
                          ...backup.volume,
                          scope,
                          name: scope.name,
                          clusterName: clusterName(release, "backup"),
                          // A backup that goes with what it is a backup of is none.
                          retain: true,
                      },
                      child,
                  )
                : undefined;

        new Schedule(
            name,
            {
                scope,
                ...backup,
                pod: backupPod(args, disk?.claimName),
                dependsOn: [...args.dependsOn, scripts, ...(disk === undefined ? [] : [disk])],
            },
            child,
        );
        this.registerOutputs({});
    }
}

function backupPod(args: BackupArgs, claimName: string | undefined): k8s.types.input.core.v1.PodSpec {
    const { release, config, backup, database } = args;
    const store = backup.kind === "s3" ? storeInBucket(args, backup) : storeOnVolume(args);
    return podSpec({
        initContainers: [...config.backend.initContainers, dump(args)],
        containers: [store],
        volumes: [
            scratch("tmp", "256Mi"),
            { name: "scripts", configMap: { name: scopeOf(release, "backup").name } },
            claimName === undefined
                ? scratch("backup", backup.kind === "s3" ? backup.scratchSize : "20Gi")
                : { name: "backup", persistentVolumeClaim: { claimName } },
            ...(database.file === undefined ? [] : [database.file.volume]),
            ...config.backend.volumes,
        ],
        user: args.fixedUser ? ARBITRARY_USER : undefined,
        pullSecrets: config.images.pullSecrets,
        gracePeriodSeconds: 30,
        placement: {
            ...config.backend,
            topologySpread: undefined,
            ...(database.file === undefined ? {} : { affinity: besidePodsOf(scopeOf(release, "backend")) }),
        },
        restartPolicy: "Never",
    });
}

function dump(args: BackupArgs): k8s.types.input.core.v1.Container {
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

function storeOnVolume(args: BackupArgs): k8s.types.input.core.v1.Container {
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
): k8s.types.input.core.v1.Container {
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
        readonly envFrom?: k8s.types.input.core.v1.EnvFromSource[];
        readonly mounts?: readonly k8s.types.input.core.v1.VolumeMount[];
    },
): k8s.types.input.core.v1.Container {
    return container({
        ...spec,
        pullPolicy: config.images.pullPolicy,
        command: ["sh", `${SCRIPT_DIRECTORY}/${spec.script}`],
        env: { HOME: "/tmp", ...spec.env },
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
    const own = name === "backend" ? config.backend.image : undefined;
    return own ?? imageOf(config.images, name, release.version);
}
