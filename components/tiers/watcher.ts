import { maxReplicas, type TierConfig } from "./settings";

/** What decides which process runs the watcher. */
interface WatcherSettings {
    readonly backend: TierConfig & { readonly processes: number };
    readonly consumer: { readonly enabled: boolean };
    readonly redis: { readonly kind: string };
}

/**
 * The tier whose one process ends dismissals and maintenance windows. Keep's watcher must run once: a second process in the same pod
 * blocks its event loop while it waits for the first one's lock (keep/api/tasks/process_watcher_task.py). With Redis the workers run
 * it by themselves, under a lock in Redis (keep/api/arq_worker.py). Undefined where no tier has a single process.
 */
export function watcherTier({
    backend,
    consumer,
    redis,
}: WatcherSettings): "backend" | "consumer" | "worker" | undefined {
    if (redis.kind !== "none") {
        return "worker";
    }
    if (consumer.enabled) {
        return "consumer";
    }
    return backend.processes === 1 && maxReplicas(backend) <= 1 ? "backend" : undefined;
}
