import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { BackendConfig } from "./pythonSettings";
import type { Database } from "../database/database";
import { type Endpoint, Workload } from "../kubernetes/workload";
import { type Release, scopeOf } from "../naming";
import { API_HEALTH_PATH, API_PORT, apiArgs, GUNICORN_TIER, type ProcessArgs, RUNNING_ENV } from "./process";
import { tierWorkload } from "./tier";

/** What the API is made from. */
export interface BackendArgs extends ProcessArgs<BackendConfig> {
    readonly database: Database;
    /** Whether workers exist: they run the scheduled workflows then. */
    readonly hasWorkers: boolean;
    /** Whether another pod listens to Kafka and SQS. */
    readonly hasConsumer: boolean;
    /** Setup, where it must run inside the pod. */
    readonly setup: PodSetup | undefined;
}

/** What the tiers need to know of the setup step: it is over before they start, and where it runs. */
export interface SetupStep extends pulumi.Resource {
    /** Setup inside the backend's pod, when the database is a file in it. */
    readonly inPod: PodSetup | undefined;
}

/** The setup step as a part of the backend's pod: for a database that is a file in it. */
export interface PodSetup {
    readonly container: types.input.core.v1.Container;
    /** Volumes that the container mounts beside the backend's own. */
    readonly volumes: readonly types.input.core.v1.Volume[];
    /** Changes when something that setup reads changes. */
    readonly fingerprint: pulumi.Output<string>;
}

/** In-cluster address of the API: known before it is made. */
export function backendEndpoint(release: Release): Endpoint {
    return {
        service: scopeOf(release, "backend").name,
        port: API_PORT.number,
        portName: API_PORT.name,
        healthPath: API_HEALTH_PATH,
    };
}

/** Keep's API: takes alerts in, answers the user interface, runs workflows. */
export class Backend extends pulumi.ComponentResource {
    constructor(name: string, args: BackendArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:tiers:Backend", name, {}, opts);
        const { config, database, env, hasConsumer, hasWorkers, setup } = args;

        new Workload(
            name,
            tierWorkload(args, {
                component: "backend",
                ...GUNICORN_TIER,
                args: apiArgs(config.processes),
                env: {
                    ...env,
                    ...RUNNING_ENV,
                    WORKFLOWS_INTERVAL_ENABLED: hasWorkers ? "false" : undefined,
                    CONSUMER: hasConsumer ? "false" : undefined,
                },
                port: API_PORT,
                healthPath: API_HEALTH_PATH,
                account: args.account,
                volumes: [
                    ...(database.file === undefined ? [] : [database.file]),
                    ...(setup?.volumes ?? []).map((volume) => ({ volume })),
                ],
                initContainers: setup === undefined ? [] : [setup.container],
                // A file has one writer: the old pod must be gone before the new one migrates.
                recreate: database.file !== undefined,
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}
