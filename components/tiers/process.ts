import { bindAddress, type TierConfig } from "./settings";
import { PROCESS_STORAGE, SCRATCH } from "../environment";
import type { Env } from "../kubernetes/env";
import { type Account, ARBITRARY_USER, type Resources } from "../kubernetes/pod";
import type { TierArgs, TierSpec } from "./tier";

/** Arguments of a tier that runs Keep's Python program. */
export interface ProcessArgs<C extends TierConfig = TierConfig> extends TierArgs<C> {
    /** Environment of all processes of Keep. */
    readonly env: Env;
    readonly account: Account;
}

/** Port of Keep's API. */
export const API_PORT = { name: "http", number: 8080 };
/** Path of its health check. */
export const API_HEALTH_PATH = "/healthcheck";

/** Memory of a process of Keep under load, in MiB. At rest, an API pod with two processes uses 440 MB (measured). */
export const PROCESS_MEMORY = 300;

/** CPU time of an API pod until it is ready, on fast nodes: with 250m of CPU, that is 1 to 4 minutes (measured). */
export const START_CPU_SECONDS = 15;

/** Requests and limits of an API pod with two processes, with more for large bodies. */
export const BACKEND_RESOURCES: Resources = {
    requests: { cpu: "250m", memory: "1Gi" },
    limits: { cpu: "2", memory: "2Gi" },
};

/**
 * Arguments of all gunicorn processes. The configuration is a module name, because its path depends on the Python
 * version of the image.
 */
export const GUNICORN_ARGS = [
    "--preload",
    "-c",
    "python:keep.api.config",
    "--worker-tmp-dir",
    SCRATCH,
    // Longer than the longest idle timeout of an edge, that of AWS's load balancer (timeoutSeconds of the kind alb), so that none sends a
    // request on a connection that is being closed, which it would answer with 502.
    "--keep-alive",
    "4010",
    "--graceful-timeout",
    "20",
] as const;

/** Arguments with which gunicorn listens on a port. */
export function bindArgs({ config, ipv6 }: TierArgs, port: number): string[] {
    return ["--bind", `${bindAddress(config, { ipv6 }).replace("::", "[::]")}:${port}`];
}

/** Arguments of the API's gunicorn. */
export function apiArgs(args: TierArgs, processes: number): string[] {
    return [
        "keep.api.api:get_app",
        ...bindArgs(args, API_PORT.number),
        "--workers",
        String(processes),
        "-k",
        "uvicorn.workers.UvicornWorker",
        ...GUNICORN_ARGS,
    ];
}

/** Properties of all tiers that run gunicorn. */
export const GUNICORN_TIER = {
    image: "backend",
    command: ["gunicorn"],
    resources: BACKEND_RESOURCES,
    ephemeralStorage: PROCESS_STORAGE,
    user: ARBITRARY_USER,
    scratch: { tmp: { path: SCRATCH, size: "2Gi" } },
    // The graceful timeouts of gunicorn and of the scheduler.
    gracePeriodSeconds: 40,
} as const satisfies Partial<TierSpec>;

/** Environment of running processes, which must not migrate or provision, because only setup does. */
export const RUNNING_ENV: Env = {
    SKIP_DB_CREATION: "true",
    PROVISION_RESOURCES: "false",
    // Otherwise, each process would run the watcher (see `watcherPlace`).
    MAINTENANCE_WINDOWS: "false",
};
