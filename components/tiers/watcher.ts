import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { types } from "@pulumi/kubernetes";

import { PROCESS_STORAGE, SCRATCH } from "../environment";
import { container, type ContainerArgs } from "../kubernetes/pod";
import { maxReplicas, type TierConfig } from "./settings";

/** Settings that determine which process runs the watcher. */
interface WatcherSettings {
    readonly backend: TierConfig & { readonly processes: number };
    readonly consumer: { readonly enabled: boolean };
    readonly redis: { readonly kind: string };
}

/** Where Keep's watcher runs: in the processes of a tier, or in a sidecar of the API. */
export type WatcherPlace = "backend" | "consumer" | "sidecar" | "worker";

/** Warning if nothing runs the watcher. */
export const NO_WATCHER =
    "Nothing ends dismissals and maintenance windows: keep:backend may have several pods, and Keep's watcher must run once. " +
    "Set keep:redis.kind, or keep:consumer.enabled to true.";

/**
 * Where Keep's watcher runs, which ends dismissals and maintenance windows. It must run only once: a second process in
 * the same pod blocks its event loop while it waits for the first one's lock (keep/api/tasks/process_watcher_task.py).
 * With Redis, the workers run it with a lock in Redis (keep/api/arq_worker.py). Undefined if the API can have several
 * pods, and nothing else runs it.
 */
export function watcherPlace({ backend, consumer, redis }: WatcherSettings): WatcherPlace | undefined {
    if (redis.kind !== "none") {
        return "worker";
    }
    if (consumer.enabled) {
        return "consumer";
    }
    if (maxReplicas(backend) > 1) {
        return undefined;
    }
    return backend.processes === 1 ? "backend" : "sidecar";
}

/**
 * Volume of the watcher's scratch directory. It is separate, because two containers would overwrite each other's
 * metrics in one directory.
 */
export const WATCHER_SCRATCH = "watcher-tmp";

/** Port of its health check, to which only the kubelet connects. */
const PORT = { name: "watcher", number: 9103 };

/**
 * The watcher as a sidecar of the API, with its image, environment and mounts. It uses 133 MiB of memory (measured).
 */
export function watcherContainer(
    api: Pick<ContainerArgs, "env" | "envFrom" | "image" | "mounts" | "pullPolicy">,
): types.input.core.v1.Container {
    return container({
        ...api,
        name: "watcher",
        command: ["python", "-c", readFileSync(join(__dirname, "watcher.py"), "utf8")],
        env: { ...api.env, WATCHER_PORT: String(PORT.number) },
        ports: { [PORT.name]: PORT.number },
        health: { path: "/", port: PORT.name },
        resources: { requests: { cpu: "20m", memory: "192Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
        ephemeralStorage: PROCESS_STORAGE,
        mounts: [{ name: WATCHER_SCRATCH, mountPath: SCRATCH }, ...api.mounts],
    });
}
