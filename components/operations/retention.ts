import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KeepConfig } from "../config/resolve";
import { imageOf } from "../config/images";
import type { RetentionConfig } from "../config/retention";
import type { Database } from "../database/database";
import { SCRATCH } from "../environment";
import { ARBITRARY_USER, container, podSpec, scratch } from "../kubernetes/pod";
import { besidePodsOf, Schedule } from "../kubernetes/schedule";
import { type Release, scopeOf } from "../naming";
import { envFrom } from "../tiers/tier";

const SCRIPT = "retention.py";
const DIRECTORY = "/etc/keep/retention";

/** What retention is made from. */
export interface RetentionArgs {
    readonly release: Release;
    readonly config: KeepConfig;
    readonly database: Database;
    readonly fixedUser: boolean;
    readonly dependsOn: readonly pulumi.Resource[];
}

/** Deletes old alerts by age, at night, by a script of ours in Keep's own image: it brings the drivers of every database. */
export class Retention extends pulumi.ComponentResource {
    constructor(name: string, args: RetentionArgs & { readonly days: number }, opts?: pulumi.ComponentResourceOptions) {
        super("keep:operations:Retention", name, {}, opts);
        const { release, config, database } = args;
        const scope = scopeOf(release, "retention");
        const script = new k8s.core.v1.ConfigMap(
            name,
            {
                metadata: { name: scope.name, namespace: scope.namespace, labels: scope.labels },
                data: { [SCRIPT]: readFileSync(join(__dirname, SCRIPT), "utf8") },
            },
            { parent: this },
        );

        new Schedule(
            name,
            {
                scope,
                ...config.retention,
                pod: podSpec({
                    initContainers: config.backend.initContainers,
                    containers: [retentionContainer(args, config.retention, args.days)],
                    volumes: [
                        scratch("tmp", "256Mi"),
                        { name: "script", configMap: { name: scope.name } },
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
                }),
                dependsOn: [...args.dependsOn, script],
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}

function retentionContainer(
    { release, config, database }: RetentionArgs,
    { batchSize, dryRun, resources }: RetentionConfig,
    days: number,
): k8s.types.input.core.v1.Container {
    return container({
        name: "retention",
        image: config.backend.image ?? imageOf(config.images, "backend", release.version),
        pullPolicy: config.images.pullPolicy,
        command: ["python", `${DIRECTORY}/${SCRIPT}`],
        env: {
            ...config.backend.env,
            ...database.env,
            HOME: SCRATCH,
            PYTHONPYCACHEPREFIX: `${SCRATCH}/pycache`,
            RETENTION_BATCH_SIZE: String(batchSize),
            RETENTION_DAYS: String(days),
            RETENTION_DRY_RUN: String(dryRun),
        },
        envFrom: envFrom(config.backend),
        resources: resources ?? { requests: { cpu: "50m", memory: "128Mi" }, limits: { cpu: "1", memory: "512Mi" } },
        mounts: [
            { name: "tmp", mountPath: SCRATCH },
            { name: "script", mountPath: DIRECTORY, readOnly: true },
            ...(database.file === undefined ? [] : [database.file.mount]),
            ...config.backend.volumeMounts,
        ],
    });
}
