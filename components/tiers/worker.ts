import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import type { Certificates } from "../airGapped/settings";
import type { Listener } from "../fields/traffic";
import { count } from "../fields/vocabulary";
import { Workload } from "../kubernetes/workload";
import { type QueuePlace, queueTrigger } from "../redis/queueScaling";
import { bindArgs, GUNICORN_ARGS, GUNICORN_TIER, PROCESS_MEMORY, type ProcessArgs, RUNNING_ENV } from "./process";
import { tierFields } from "./settings";
import { tierImage, tierWorkload } from "./tier";
import { WORKER_METRICS_PORT, workerMetrics } from "./workerMetrics";

/** Schema of `keep:worker`. */
export const worker = z.strictObject({
    ...tierFields,
    processes: count(1, 100)
        .default(1)
        .describe(`gunicorn processes in each pod, 2 above keep:size small; each takes about ${PROCESS_MEMORY} MiB`),
    queueLength: count(1)
        .optional()
        .describe(
            "target number of queued and running jobs for each pod; KEDA, which must be in the cluster, then also scales by the queue",
        ),
});

/** Settings of the workers, validated and with defaults. */
export type WorkerConfig = z.infer<typeof worker>;

/** Port of a worker's health check, to which only the kubelet connects. */
const PORT = { name: "health", number: 8001 };

/** The clients of the workers: only Prometheus. */
export function workerListeners({ monitoring }: { readonly monitoring: { readonly enabled: boolean } }): Listener[] {
    return monitoring.enabled ? [{ port: WORKER_METRICS_PORT.number, from: "monitoring" }] : [];
}

/** Arguments of Worker. */
export interface WorkerArgs extends ProcessArgs<WorkerConfig> {
    readonly queue: QueuePlace;
    readonly extraCa: Certificates | undefined;
    /** Whether each pod has a container that serves the workers' metrics. */
    readonly hasMetrics: boolean;
}

/** Processes alerts from the queue, and runs scheduled workflows (keep/api/arq_worker_gunicorn.py). */
export class Worker extends pulumi.ComponentResource {
    constructor(name: string, args: WorkerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:tiers:Worker", name, {}, opts);
        const { config, env, extraCa, images, queue, release } = args;
        const { queueLength: length } = config;
        const trigger =
            length === undefined
                ? undefined
                : queueTrigger(`${name}-queue`, { ...queue, release, length, extraCa }, { parent: this });

        new Workload(
            name,
            tierWorkload(args, {
                component: "worker",
                ...GUNICORN_TIER,
                command: ["python", "-c", readFileSync(join(__dirname, "workerProcesses.py"), "utf8")],
                args: [
                    "keep.api.arq_worker_gunicorn:create_app()",
                    ...bindArgs(args, PORT.number),
                    "--workers",
                    String(config.processes),
                    "-k",
                    "keep.api.arq_worker_gunicorn.ARQGunicornWorker",
                    "--timeout",
                    "120",
                    ...GUNICORN_ARGS,
                ],
                env: { ...env, ...RUNNING_ENV },
                port: PORT,
                healthPath: "/",
                account: args.account,
                hasService: false,
                scaling: { trigger, allowKedaTakeover: true },
                sidecars: args.hasMetrics
                    ? [workerMetrics(tierImage(config, images, "backend", release), images.pullPolicy)]
                    : [],
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}
