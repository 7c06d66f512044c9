import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { types } from "@pulumi/kubernetes";

import { IMAGE_ENV, SCRATCH } from "../environment";
import { container } from "../kubernetes/pod";

/** Port of a worker's metrics, if monitoring is enabled. */
export const WORKER_METRICS_PORT = { name: "metrics", number: 9102 };

/** A sidecar of a worker that serves its metrics. It has the worker's image, and reads the worker's files. */
export function workerMetrics(image: string, pullPolicy: string): types.input.core.v1.Container {
    return container({
        name: WORKER_METRICS_PORT.name,
        image,
        pullPolicy,
        command: ["python", "-c", readFileSync(join(__dirname, "workerMetrics.py"), "utf8")],
        env: {
            ...IMAGE_ENV,
            METRICS_PORT: String(WORKER_METRICS_PORT.number),
            PROMETHEUS_MULTIPROC_DIR: `${SCRATCH}/prometheus`,
            PYTHONDONTWRITEBYTECODE: "1",
        },
        ports: { [WORKER_METRICS_PORT.name]: WORKER_METRICS_PORT.number },
        health: { path: "/metrics", port: WORKER_METRICS_PORT.name },
        resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { cpu: "200m", memory: "128Mi" } },
        mounts: [{ name: "tmp", mountPath: SCRATCH, readOnly: true }],
    });
}
