import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { databaseClaim } from "../database/database";
import { IMAGE_ENV, SCRATCH } from "../environment";
import { apiImage } from "../fields/images";
import { API_SERVER_PORTS, peersFor } from "../fields/traffic";
import { count, objectName } from "../fields/vocabulary";
import { createGrant } from "../kubernetes/grant";
import { jobPlacement } from "../kubernetes/job";
import { ARBITRARY_USER, container, podSpec, scratch } from "../kubernetes/pod";
import { Schedule } from "../kubernetes/schedule";
import { type Scope, scopeOf } from "../naming";
import { type BackupArgs, backupKind, scheduled } from "./kind";

const schema = z.strictObject({
    kind: z.literal("snapshot").describe("snapshots of the database's volume, where its storage driver supports them"),
    ...scheduled,
    count: count(1).default(7).describe("snapshots to keep; older ones are deleted"),
    className: objectName(253).optional().describe("VolumeSnapshotClass; default: the driver's own"),
});

/** Snapshots of the database's volume. */
export const snapshot = backupKind(schema, {
    create: (name, args, opts) => {
        const { config, release } = args;
        // The rules reject snapshots of a database without a volume in the cluster.
        if ("volume" in config.database && config.database.kind !== "cloudnativepg") {
            new Snapshots(name, { ...args, claim: databaseClaim(release, config.database) }, opts);
        }
    },
    makesDumps: false,
    egress: (_, { apiServer }) => [
        { from: ["backup"], to: peersFor(apiServer, API_SERVER_PORTS), entity: "kube-apiserver" },
    ],
});

interface SnapshotsArgs extends BackupArgs<z.infer<typeof schema>> {
    /** Claim of the database. */
    readonly claim: string;
}

/** Creates a VolumeSnapshot of the database's claim on a schedule, with a Python script in Keep's image. */
class Snapshots extends pulumi.ComponentResource {
    constructor(name: string, args: SnapshotsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:operations:Snapshots", name, {}, opts);
        const { backup, config } = args;
        const scope = scopeOf(args.release, "backup");
        const accountName = backup.serviceAccount.name ?? "default";
        const access = this.grant(name, scope, accountName);

        new Schedule(
            name,
            {
                scope,
                ...backup,
                pod: podSpec({
                    containers: [snapshotContainer(args, scope)],
                    volumes: [scratch("tmp", "64Mi")],
                    user: args.fixedUser ? ARBITRARY_USER : undefined,
                    pullSecrets: config.images.pullSecrets,
                    account: { name: accountName, usesToken: true },
                    gracePeriodSeconds: 30,
                    placement: jobPlacement(config.backend),
                    restartPolicy: "Never",
                }),
                dependsOn: [...args.dependsOn, ...access],
            },
            { parent: this },
        );
        this.registerOutputs({});
    }

    /** Grants the script access to snapshots in this namespace. */
    private grant(name: string, scope: Scope, accountName: string): pulumi.Resource[] {
        const metadata = { name: scope.name, namespace: scope.namespace, labels: scope.labels };
        const child = { parent: this };
        return [
            ...createGrant(
                name,
                {
                    metadata,
                    rules: [
                        {
                            apiGroups: ["snapshot.storage.k8s.io"],
                            resources: ["volumesnapshots"],
                            verbs: ["create", "delete", "get", "list"],
                        },
                    ],
                    account: { name: accountName, namespace: scope.namespace },
                },
                child,
            ),
        ];
    }
}

function snapshotContainer({ backup, claim, config }: SnapshotsArgs, scope: Scope): k8s.types.input.core.v1.Container {
    return container({
        name: "snapshot",
        image: apiImage(config),
        pullPolicy: config.images.pullPolicy,
        command: ["python", "-c", readFileSync(join(__dirname, "snapshot.py"), "utf8")],
        env: {
            CLAIM: claim,
            CLASS: backup.className,
            COUNT: String(backup.count),
            ...IMAGE_ENV,
            LABELS: JSON.stringify(scope.selector),
            NAMESPACE: scope.namespace,
            POLL_SECONDS: "5",
            PYTHONDONTWRITEBYTECODE: "1",
            TIMEOUT_SECONDS: String(backup.timeoutSeconds),
        },
        resources: backup.resources ?? {
            requests: { cpu: "10m", memory: "64Mi" },
            limits: { cpu: "200m", memory: "128Mi" },
        },
        mounts: [{ name: "tmp", mountPath: SCRATCH }],
    });
}
