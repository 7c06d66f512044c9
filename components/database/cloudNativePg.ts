import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { bucketEndpoint, CONTAINS_BUCKET, containsBucket, regionsOf } from "../fields/bucketEndpoint";
import { s3BucketName } from "../fields/bucketName";
import { identityAnnotations } from "../fields/cloudIdentity";
import { imageOf } from "../fields/images";
import { input } from "../fields/input";
import { whenKnown } from "../fields/readable";
import { schedule } from "../fields/schedule";
import { isLoopback } from "../fields/host";
import { volumeFields } from "../fields/volume";
import { count, objectName, resources, stringMap } from "../fields/vocabulary";
import { stackId } from "../stackId";
import type { Env } from "../kubernetes/env";
import { mergeEnv } from "../kubernetes/env";
import { type Release, scopeOf } from "../naming";
import { fingerprint } from "../secrets/fingerprint";
import type { Database, DatabaseArgs } from "./database";
import { engines } from "./engines";
import { computedText } from "../tokens";
import { DATABASE_NAME, identifier, pool, USER } from "./fields";
import { poolEnv, urlWithPassword } from "./url";

const backup = z
    .strictObject({
        destination: input(
            z
                .string()
                .regex(/^s3:\/\/[^\s]+$/, {
                    error: "is not a bucket with a path. Write it like s3://dumps/keep",
                    abort: true,
                })
                .refine((url) => s3BucketName.safeParse(url.split("/")[2]).success, {
                    error: "does not contain a valid name of a bucket after s3://. Write it like s3://dumps/keep",
                }),
        ).describe("bucket and path, such as s3://dumps/keep"),
        endpoint: input(
            bucketEndpoint("keep:database.backup.destination").refine((url) => !isLoopback(new URL(url).hostname), {
                error: "is the server's pod itself. Name a Service",
            }),
        )
            .optional()
            .describe("address of the service; default: Amazon S3"),
        credentials: input(objectName(253))
            .optional()
            .describe(
                "existing Secret in Keep's namespace with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; without it the pods sign in with the role of their ServiceAccount",
            ),
        accountAnnotations: identityAnnotations
            .default({})
            .describe("annotations of the pods' ServiceAccount, such as an IAM role"),
        schedule: schedule.default("0 2 * * *").describe("when a base backup is made, as in cron"),
        retentionDays: count(1).default(30).describe("how many days back the database can be restored"),
    })
    .check(
        whenKnown(
            ({ destination, endpoint }) =>
                endpoint === undefined || !containsBucket(endpoint, new URL(destination).hostname),
            { path: ["endpoint"], error: CONTAINS_BUCKET },
        ),
    );

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
    backup: backup.optional().describe("base backups and the write-ahead log in a bucket, for restores to any point"),
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
                spec: clusterSpec(args, config.backup && serverName(name, metadata, { parent: this })),
            },
            { parent: this, retainOnDelete: config.volume.retain },
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
 * its name in the bucket has an archive already, such as that of a destroyed stack (docs/src/recovery.md of CloudNativePG).
 */
function serverName(
    name: string,
    { name: cluster, namespace }: { readonly name: string; readonly namespace: string },
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    // A Cluster with another name or namespace is a new one.
    return pulumi.interpolate`${cluster}-${stackId(name, opts, { cluster, namespace })}`;
}

function clusterSpec(
    { config, images, release }: DatabaseArgs<CloudNativePgConfig>,
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
        ...(backup === undefined ? {} : backupSpec(backup, server)),
    };
}

/**
 * Backups by the operator, deprecated since 1.26 but still supported in 1.28
 * (docs/src/appendixes/backup_barmanobjectstore.md).
 */
function backupSpec(
    {
        accountAnnotations,
        credentials,
        destination,
        endpoint,
        retentionDays,
    }: NonNullable<CloudNativePgConfig["backup"]>,
    server: pulumi.Output<string> | undefined,
): object {
    const key = (name: string) => ({ name: credentials, key: name });
    return {
        // The instance manager passes its environment to Barman Cloud (internal/management/controller/cache.go). Services that check
        // the region of signatures have it in their address; others take any.
        ...(endpoint === undefined
            ? {}
            : {
                  env: [
                      {
                          name: "AWS_DEFAULT_REGION",
                          value: computedText(endpoint, (known) => regionsOf(known)?.[0] ?? "us-east-1"),
                      },
                  ],
              }),
        serviceAccountTemplate: { metadata: { annotations: accountAnnotations } },
        backup: {
            retentionPolicy: `${retentionDays}d`,
            barmanObjectStore: {
                destinationPath: destination,
                serverName: server,
                ...(endpoint === undefined ? {} : { endpointURL: endpoint }),
                s3Credentials:
                    credentials === undefined
                        ? { inheritFromIAMRole: true }
                        : { accessKeyId: key("AWS_ACCESS_KEY_ID"), secretAccessKey: key("AWS_SECRET_ACCESS_KEY") },
            },
        },
    };
}
