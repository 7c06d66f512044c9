import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { BackendConfig } from "../config/processes";
import type { Database } from "../database/database";
import { SCRATCH } from "../environment";
import type { Env } from "../kubernetes/env";
import { type Account, ARBITRARY_USER, type Resources } from "../kubernetes/pod";
import { type Endpoint, Workload } from "../kubernetes/workload";
import { type Release, scopeOf } from "../naming";
import { type TierArgs, type TierSpec, tierWorkload } from "./tier";

/** Port of Keep's API. */
export const API_PORT = { name: "http", number: 8080 };
/** Path on which it tells that it is well. */
export const API_HEALTH_PATH = "/healthcheck";

/** Requests and limits of an API pod with two processes: measured at 440 MB, with room for large bodies. */
export const BACKEND_RESOURCES: Resources = {
    requests: { cpu: "250m", memory: "1Gi" },
    limits: { cpu: "2", memory: "2Gi" },
};

/** Arguments that every gunicorn of Keep takes. The configuration is named as a module: its path changes with the image's Python. */
export const GUNICORN_ARGS = [
    "--preload",
    "-c",
    "python:keep.api.config",
    "--worker-tmp-dir",
    SCRATCH,
    // A connection outlives the edge's own idle limit, so that the edge never sends into a closing one.
    "--keep-alive",
    "75",
    "--graceful-timeout",
    "20",
] as const;

/** Arguments of the gunicorn that serves the API. */
export function apiArgs(processes: number): string[] {
    return [
        "keep.api.api:get_app",
        "--bind",
        `0.0.0.0:${API_PORT.number}`,
        "--workers",
        String(processes),
        "-k",
        "uvicorn.workers.UvicornWorker",
        ...GUNICORN_ARGS,
    ];
}

/** What every tier that is a gunicorn of Keep's has in common. */
export const GUNICORN_TIER = {
    image: "backend",
    command: ["gunicorn"],
    resources: BACKEND_RESOURCES,
    user: ARBITRARY_USER,
    scratch: { tmp: { path: SCRATCH, size: "2Gi" } },
    // Its graceful timeout, and the scheduler's.
    gracePeriodSeconds: 40,
} as const satisfies Partial<TierSpec>;

/** Environment of every running process: setup has migrated and provisioned, and only it may. */
export const RUNNING_ENV: Env = { SKIP_DB_CREATION: "true", PROVISION_RESOURCES: "false" };

/** What the API is made from. */
export interface BackendArgs extends TierArgs<BackendConfig> {
    /** Environment that all of Keep's processes share. */
    readonly env: Env;
    readonly database: Database;
    readonly account: Account;
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
