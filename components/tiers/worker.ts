import * as pulumi from "@pulumi/pulumi";

import type { Certificates } from "../airGapped/settings";
import type { WorkerConfig } from "./pythonSettings";
import { Workload } from "../kubernetes/workload";
import { type QueuePlace, queueTrigger } from "../redis/queueScaling";
import { GUNICORN_ARGS, GUNICORN_TIER, type ProcessArgs, RUNNING_ENV } from "./process";
import { tierImage, tierWorkload } from "./tier";
import { workerMetrics } from "./workerMetrics";

/** Port on which a worker says that it is well; nobody else calls it. */
const PORT = { name: "health", number: 8001 };

/** What the workers are made from. */
export interface WorkerArgs extends ProcessArgs<WorkerConfig> {
    /** Where the queue is. */
    readonly queue: QueuePlace;
    readonly extraCa: Certificates | undefined;
    /** Whether somebody is to read what the workers count. */
    readonly hasMetrics: boolean;
}

/** Takes alerts from the queue and digests them, and runs scheduled workflows (keep/api/arq_worker_gunicorn.py). */
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
                args: [
                    "keep.api.arq_worker_gunicorn:create_app()",
                    "--bind",
                    `0.0.0.0:${PORT.number}`,
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
                scaling: { trigger, yieldsToKeda: true },
                sidecars: args.hasMetrics
                    ? [workerMetrics(tierImage(config, images, "backend", release), images.pullPolicy)]
                    : [],
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}
