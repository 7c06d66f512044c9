import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { computedText } from "../tokens";
import { imageOf, postgresMajor, tagOf } from "../fields/images";
import { volumeFields } from "../fields/volume";
import { count, resources, stringMap } from "../fields/vocabulary";
import { stackId } from "../stackId";
import type { Env } from "../kubernetes/env";
import { mergeEnv } from "../kubernetes/env";
import { retention } from "../kubernetes/inherited";
import { type Release, scopeOf } from "../naming";
import { fingerprint } from "../secrets/fingerprint";
import { backupSpec, cloudNativePgBackup } from "./cloudNativePgBackup";
import type { Database, DatabaseArgs } from "./database";
import { engines } from "./engines";
import { DATABASE_NAME, identifier, pool, USER } from "./fields";
import { poolEnv, urlWithPassword } from "./url";

/** PostgreSQL that the operator CloudNativePG runs (https://cloudnative-pg.io). */
export const cloudNativePgSchema = z.strictObject({
    kind: z
        .literal("cloudnativepg")
        .describe("PostgreSQL by the operator CloudNativePG, 1.25 or later: replicas and failover"),
    instances: count(1, 100).default(3).describe("servers: one primary, the others replicas"),
    name: identifier("database name", /^(postgres|template[01])$/i)
        .default("keep")
        .describe(DATABASE_NAME),
    // Names that the operator reserves (docs/src/bootstrap.md).
    user: identifier("user name", /^(pg_.*|none|public|postgres|streaming_replica|cnpg_pooler_pgbouncer)$/i)
        .default("keep")
        .describe(USER),
    volume: volumeFields
        .pick({ size: true, storageClass: true, retain: true })
        .prefault({})
        .describe("disk of each server"),
    pool,
    settings: stringMap
        .default({})
        .describe("server parameters by name, such as {max_connections: 300}; others by keep:size"),
    resources: resources.optional().describe("requests and limits of each server; default: by keep:size"),
    backup: cloudNativePgBackup
        .optional()
        .describe("base backups and the write-ahead log in a bucket, for restores to any point"),
});

type CloudNativePgConfig = z.infer<typeof cloudNativePgSchema>;

const API_VERSION = "postgresql.cnpg.io/v1";

/** Name of the operator's Cluster, and prefix of the names of its Services and Secrets. */
export function clusterNameOf(release: Release): string {
    return scopeOf(release, "database").name;
}

/**
 * A Cluster of CloudNativePG. The operator creates the user, its password and the Secret `<cluster>-app`
 * (docs/src/applications.md of CloudNativePG), which the pods read, so the password is not in Pulumi's state.
 */
export class CloudNativePgDatabase extends pulumi.ComponentResource implements Database {
    public readonly env: Env;
    public readonly fingerprint: pulumi.Output<string>;

    constructor(name: string, args: DatabaseArgs<CloudNativePgConfig>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:database:CloudNativePgDatabase", name, {}, opts);
        const { config, release } = args;
        const { namespace, labels } = scopeOf(release, "database");
        const metadata = { name: clusterNameOf(release), namespace, labels };
        const cluster = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: API_VERSION,
                kind: "Cluster",
                // https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/#pulumicomwaitfor
                metadata: { ...metadata, annotations: { "pulumi.com/waitFor": "condition=Ready" } },
                spec: clusterSpec(args, config.backup && serverName(name, args, { parent: this })),
            },
            { parent: this, ...retention(config.volume.retain) },
        );
        if (config.backup !== undefined) {
            new k8s.apiextensions.CustomResource(
                `${name}-backup`,
                {
                    apiVersion: API_VERSION,
                    kind: "ScheduledBackup",
                    metadata,
                    spec: {
                        cluster: { name: metadata.name },
                        // The schedule has a field for seconds (docs/src/backup.md).
                        schedule: config.backup.schedule.startsWith("@")
                            ? config.backup.schedule
                            : `0 ${config.backup.schedule}`,
                        backupOwnerReference: "cluster",
                    },
                },
                { parent: this, dependsOn: cluster },
            );
        }
        this.env = mergeEnv([addressEnv(release, config), poolEnv(config.pool)]);
        this.fingerprint = fingerprint(args.fingerprintKey, {});
        this.registerOutputs({});
    }
}

function addressEnv(release: Release, { name, user }: CloudNativePgConfig): Env {
    const cluster = clusterNameOf(release);
    // The password has only letters and digits (pkg/specs/secrets.go), so it needs no URL encoding.
    const password = { name: `${cluster}-app`, key: "password" };
    const parameters = { sslmode: "require" };
    return urlWithPassword(password, { engine: engines.postgres, host: `${cluster}-rw`, name, user, parameters });
}

/**
 * Name of a Cluster in its bucket. It has an id from the stack's state, because the operator archives no write-ahead log of a new Cluster if
 * its name in the bucket has an archive already, such as that of a destroyed stack (docs/src/recovery.md of CloudNativePG). After an upgrade
 * to another major version, the files of the new system would replace those of the old one (docs/src/postgres_upgrades.md).
 */
function serverName(
    name: string,
    { images, release }: DatabaseArgs<CloudNativePgConfig>,
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const cluster = clusterNameOf(release);
    const version = computedText(images.cloudnativepg, versionSuffix);
    // A Cluster with another name or namespace is a new one.
    const id = stackId(name, opts, { cluster, namespace: release.namespace });
    return pulumi.interpolate`${cluster}-${id}${version}`;
}

/** The operator takes the version from the tag (api/v1/cluster_funcs.go). */
function versionSuffix(image: string): string {
    const major = postgresMajor(image) ?? /^\d+/.exec(tagOf(image) ?? "")?.[0];
    return major === undefined ? "" : `-pg${major}`;
}

function clusterSpec(
    { bucket, config, images, release }: DatabaseArgs<CloudNativePgConfig>,
    server: pulumi.Output<string> | undefined,
): object {
    const { backup, instances, name, resources, settings, user } = config;
    const { size, storageClass } = config.volume;
    return {
        instances,
        imageName: imageOf(images, "cloudnativepg", release.version),
        imagePullPolicy: images.pullPolicy,
        imagePullSecrets: images.pullSecrets.map((secret) => ({ name: secret })),
        bootstrap: { initdb: { database: name, owner: user } },
        storage: { size, ...(storageClass === undefined ? {} : { storageClass }) },
        postgresql: { parameters: settings },
        // A server that stops would refuse new connections for 180 s while Keep's pools keep theirs open, before a replica takes over
        // (docs/src/instance_manager.md). Workers retry an alert for 50 s (keep/api/tasks/process_event_task.py).
        smartShutdownTimeout: 0,
        ...(resources === undefined ? {} : { resources }),
        ...(backup === undefined ? {} : backupSpec(backup, server, bucket)),
    };
}
