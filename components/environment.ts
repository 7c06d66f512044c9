import type { PublicUrls } from "./ingress/urls";
import { type Env, mergeEnv } from "./kubernetes/env";
import type { Endpoint } from "./kubernetes/workload";
import { type OpenaiConfig, openaiEnvironment } from "./openai";
import type { Secrets } from "./secrets/secrets";
import type { WebsocketConfig } from "./websocket/settings";

/** Arguments of keepEnvironment. */
export interface EnvironmentArgs {
    readonly config: {
        readonly openai: OpenaiConfig;
        readonly telemetry: boolean;
        readonly websocket: WebsocketConfig;
    };
    readonly urls: PublicUrls;
    readonly secrets: Secrets;
    /**
     * Environment of each service that Keep uses: identity provider, database, secret store, Redis and Elasticsearch.
     */
    readonly fragments: readonly Env[];
    /** In-cluster address of Soketi; undefined if the release does not run it. */
    readonly websocket: Endpoint | undefined;
}

/** Writable directory of a container. The rest of its root file system is read-only. */
export const SCRATCH = "/tmp";

/** Ephemeral storage of a process of Keep: 89 MB of bytecode in one measured run, logs, and files of metrics. */
export const PROCESS_STORAGE = "512Mi";

/**
 * Environment of each container with Keep's image. Its user (10001, or one that OpenShift assigns) is not in
 * /etc/passwd. Python 3.13 in the image then reads the user's name from LOGNAME, and raises OSError without it
 * (getpass.getuser). PyMySQL calls this function on import, and Keep imports PyMySQL with any database
 * (keep/api/core/db_utils.py).
 */
export const IMAGE_ENV = { HOME: SCRATCH, LOGNAME: "keep" } as const satisfies Env;

/** Environment of setup Job, API, workers and consumer. It is shared, so that all of them use the same settings. */
export function keepEnvironment({ config, urls, secrets, fragments, websocket }: EnvironmentArgs): Env {
    return {
        KEEP_JWT_SECRET: secrets.refs.jwtSecret,
        KEEP_API_URL: urls.backend,
        KEEP_PLATFORM_URL: urls.frontend,
        ...pusherEnvironment(config, secrets, websocket),
        ...mergeEnv(fragments),
        ...openaiEnvironment(config.openai, secrets),
        POSTHOG_DISABLED: config.telemetry ? undefined : "true",
        ...IMAGE_ENV,
        PROMETHEUS_MULTIPROC_DIR: `${SCRATCH}/prometheus`,
        // The image contains no bytecode, and the root is read-only. Without this, each process would compile all
        // modules.
        PYTHONPYCACHEPREFIX: `${SCRATCH}/pycache`,
    };
}

/** Address of the websocket server (keep/api/core/dependencies.py). */
function pusherEnvironment(
    { websocket: settings }: EnvironmentArgs["config"],
    { pusher }: Secrets,
    websocket: Endpoint | undefined,
): Env {
    if (pusher === undefined) {
        return { PUSHER_DISABLED: "true" };
    }
    const app: Env = { PUSHER_APP_ID: pusher.id, PUSHER_APP_KEY: pusher.key, PUSHER_APP_SECRET: pusher.secret };
    if (settings.kind === "external") {
        const { host, port } = settings;
        return {
            ...app,
            PUSHER_HOST: host,
            PUSHER_PORT: String(port),
            // Keep 0.54.2 takes any text for true, even "false".
            PUSHER_USE_SSL: port === 443 ? "true" : undefined,
        };
    }
    return {
        ...app,
        PUSHER_HOST: websocket?.service,
        PUSHER_PORT: websocket === undefined ? undefined : String(websocket.port),
    };
}
