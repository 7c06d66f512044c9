import { bindAddress, type TierConfig } from "./settings";
import { PROCESS_STORAGE, SCRATCH } from "../environment";
import type { Env } from "../kubernetes/env";
import { type Account, ARBITRARY_USER, type Resources } from "../kubernetes/pod";
import type { TierArgs, TierSpec } from "./tier";

/** What a tier that runs Keep's Python has beside its settings. */
export interface ProcessArgs<C extends TierConfig = TierConfig> extends TierArgs<C> {
    /** Environment that all of Keep's processes share. */
    readonly env: Env;
    readonly account: Account;
}

/** Port of Keep's API. */
export const API_PORT = { name: "http", number: 8080 };
/** Path of its health check. */
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

/** Arguments that make a gunicorn listen on a port. */
export function bindArgs({ config, ipv6 }: TierArgs, port: number): string[] {
    return ["--bind", `${bindAddress(config, { ipv6 }).replace("::", "[::]")}:${port}`];
}

/** Arguments of the gunicorn that serves the API. */
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

/** What every tier that is a gunicorn of Keep's has in common. */
export const GUNICORN_TIER = {
    image: "backend",
    command: ["gunicorn"],
    resources: BACKEND_RESOURCES,
    ephemeralStorage: PROCESS_STORAGE,
    user: ARBITRARY_USER,
    scratch: { tmp: { path: SCRATCH, size: "2Gi" } },
    // Its graceful timeout, and the scheduler's.
    gracePeriodSeconds: 40,
} as const satisfies Partial<TierSpec>;

/** Environment of every running process: setup has migrated and provisioned, and only it may. */
export const RUNNING_ENV: Env = {
    SKIP_DB_CREATION: "true",
    PROVISION_RESOURCES: "false",
    // It would start the watcher in every process, see `watcherPlace`.
    MAINTENANCE_WINDOWS: "false",
};
