import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { apiImage } from "../fields/images";
import type { RetentionConfig } from "./settings";
import { IMAGE_ENV, PROCESS_STORAGE, SCRATCH } from "../environment";
import { container } from "../kubernetes/pod";
import { Schedule } from "../kubernetes/schedule";
import { scopeOf } from "../naming";
import { accountOf } from "../pods/accounts";
import { envFrom } from "../tiers/tier";
import { type ScheduledJobArgs, scheduledPod } from "../scheduledJob";

const SCRIPT = "retention.py";
const DIRECTORY = "/etc/keep/retention";

/** Arguments of Retention. */
export interface RetentionArgs extends ScheduledJobArgs {
    readonly retention: RetentionConfig;
    readonly days: number;
}

/** Deletes old alerts on a schedule, with a Python script in Keep's image, which has the drivers of all databases. */
export class Retention extends pulumi.ComponentResource {
    constructor(name: string, args: RetentionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:operations:Retention", name, {}, opts);
        const { release, retention } = args;
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
                ...retention,
                pod: scheduledPod(args, {
                    containers: [retentionContainer(args)],
                    account: accountOf(retention),
                    volumes: [{ name: "script", configMap: { name: scope.name } }],
                }),
                dependsOn: [...args.dependsOn, script],
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}

function retentionContainer(args: RetentionArgs): k8s.types.input.core.v1.Container {
    const { config, database, days, retention } = args;
    const { batchSize, dryRun, resources } = retention;
    return container({
        name: "retention",
        image: apiImage(config),
        pullPolicy: config.images.pullPolicy,
        command: ["python", `${DIRECTORY}/${SCRIPT}`],
        env: {
            ...config.backend.env,
            ...database.env,
            ...IMAGE_ENV,
            PYTHONPYCACHEPREFIX: `${SCRATCH}/pycache`,
            RETENTION_BATCH_SIZE: String(batchSize),
            RETENTION_DAYS: String(days),
            RETENTION_DRY_RUN: String(dryRun),
        },
        envFrom: envFrom(config.backend),
        resources: resources ?? { requests: { cpu: "50m", memory: "128Mi" }, limits: { cpu: "1", memory: "512Mi" } },
        ephemeralStorage: PROCESS_STORAGE,
        mounts: [
            { name: "tmp", mountPath: SCRATCH },
            { name: "script", mountPath: DIRECTORY, readOnly: true },
            ...(database.file === undefined ? [] : [database.file.mount]),
            ...config.backend.volumeMounts,
        ],
    });
}
