import * as z from "zod";

import { podFields, tierFields } from "./settings";
import { count } from "../fields/vocabulary";

/** Keep's API. */
export const backend = z.strictObject({
    ...tierFields,
    processes: count(1).default(2).describe("gunicorn processes in each pod; each takes about 300 MiB"),
});

/** The workers. */
export const worker = z.strictObject({
    ...tierFields,
    processes: count(1)
        .default(1)
        .describe("gunicorn processes in each pod; each takes about 300 MiB. 2 above keep:size small"),
    queueLength: count(1)
        .optional()
        .describe(
            "jobs waiting or running for each pod: KEDA, which must be in the cluster, then scales the workers by it too",
        ),
});

/** The pod that listens to Kafka and SQS in place of the API. */
export const consumer = z.strictObject({
    enabled: z.boolean().default(false).describe("add the pod; without it every process of the API consumes"),
    topology: z.boolean().default(true).describe("make incidents of alerts on services that depend on each other"),
    ...podFields,
});

/** Settings of the API, validated and with defaults. */
export type BackendConfig = z.infer<typeof backend>;

/** Settings of the workers, validated and with defaults. */
export type WorkerConfig = z.infer<typeof worker>;

/** Settings of the consumer, validated and with defaults. */
export type ConsumerConfig = z.infer<typeof consumer>;
