import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import type { Database } from "../database/database";
import { input } from "../fields/input";
import { switches } from "../fields/switch";
import type { Listener } from "../fields/traffic";
import { httpUrl } from "../fields/url";
import { count } from "../fields/vocabulary";
import { scratch } from "../kubernetes/pod";
import { type Endpoint, Workload } from "../kubernetes/workload";
import { type Release, scopeOf } from "../naming";
import {
    API_HEALTH_PATH,
    API_PORT,
    apiArgs,
    GUNICORN_TIER,
    PROCESS_MEMORY,
    type ProcessArgs,
    RUNNING_ENV,
} from "./process";
import { tierFields } from "./settings";
import { envFrom, tierImage, tierWorkload } from "./tier";
import { WATCHER_SCRATCH, watcherContainer, type WatcherPlace } from "./watcher";

/** Keep's API. */
export const backend = z
    .strictObject({
        enabled: z.boolean().default(true).describe("run the API here; false: it runs elsewhere, at url"),
        url: input(
            httpUrl("address of the API", "https://keep-api.example.com", {
                endpoints: /\/(docs|healthcheck|metrics|openapi\.json|redoc)$/,
            }),
        )
            .optional()
            .describe("address of an API that runs elsewhere, reachable from the frontend; requires enabled: false"),
        ...tierFields,
        processes: count(1, 100)
            .default(2)
            .describe(
                `gunicorn processes in each pod; each takes about ${PROCESS_MEMORY} MiB. Without Redis, if a single pod has several processes, a sidecar ends dismissals and maintenance windows`,
            ),
    })
    .register(switches, { key: "enabled", apart: ["url"] });

/** Settings of the API, validated and with defaults. */
export type BackendConfig = z.infer<typeof backend>;

/** The clients of the API. Its metrics are on the same port. */
export const backendListeners: Listener[] = [
    { port: API_PORT.number, from: "edge" },
    { port: API_PORT.number, from: "monitoring" },
    { port: API_PORT.number, from: ["consumer", "frontend"] },
];

/** Arguments of Backend. */
export interface BackendArgs extends ProcessArgs<BackendConfig> {
    readonly database: Database;
    /** Whether there are workers, which then run scheduled workflows. */
    readonly hasWorkers: boolean;
    /** Whether the consumer reads Kafka and SQS. */
    readonly hasConsumer: boolean;
    /** The process or container that runs Keep's watcher. */
    readonly watcher: WatcherPlace | undefined;
    /** Setup, if it runs in the API's pod. */
    readonly setup: SetupInitContainer | undefined;
}

/** Setup as an init container of the API's pod, with SQLite. */
export interface SetupInitContainer {
    readonly container: types.input.core.v1.Container;
    /** Volumes that the container mounts in addition to those of the API. */
    readonly volumes: readonly types.input.core.v1.Volume[];
    /** Hash of the inputs of setup. */
    readonly fingerprint: pulumi.Output<string>;
}

/** In-cluster address of the API. */
export function backendEndpoint(release: Release): Endpoint {
    return {
        service: scopeOf(release, "backend").name,
        port: API_PORT.number,
        portName: API_PORT.name,
        healthPath: API_HEALTH_PATH,
    };
}

/** Keep's API: receives alerts, serves the user interface, runs workflows. */
export class Backend extends pulumi.ComponentResource {
    constructor(name: string, args: BackendArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:tiers:Backend", name, {}, opts);
        const { config, database, hasConsumer, hasWorkers, images, release, setup, watcher } = args;
        const env = {
            ...args.env,
            ...RUNNING_ENV,
            WORKFLOWS_INTERVAL_ENABLED: hasWorkers ? "false" : undefined,
            CONSUMER: hasConsumer ? "false" : undefined,
        };
        const hasSidecar = watcher === "sidecar";

        new Workload(
            name,
            tierWorkload(args, {
                component: "backend",
                ...GUNICORN_TIER,
                args: apiArgs(args, config.processes),
                env: { ...env, WATCHER: watcher === "backend" ? "true" : undefined },
                port: API_PORT,
                healthPath: API_HEALTH_PATH,
                account: args.account,
                volumes: [
                    ...(database.file === undefined ? [] : [database.file]),
                    ...(setup?.volumes ?? []).map((volume) => ({ volume })),
                    ...(hasSidecar ? [{ volume: scratch(WATCHER_SCRATCH, "512Mi") }] : []),
                ],
                sidecars: hasSidecar
                    ? [
                          watcherContainer({
                              image: tierImage(config, images, "backend", release),
                              pullPolicy: images.pullPolicy,
                              env: { ...env, ...config.env },
                              envFrom: envFrom(config),
                              mounts: [
                                  ...(database.file === undefined ? [] : [database.file.mount]),
                                  ...config.volumeMounts,
                              ],
                          }),
                      ]
                    : [],
                initContainers: setup === undefined ? [] : [setup.container],
                // With SQLite, the old pod must stop before the new one migrates.
                recreate: database.file !== undefined,
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}
