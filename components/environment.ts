import type { PublicUrls } from "./ingress/urls";
import { type Env, mergeEnv } from "./kubernetes/env";
import type { Endpoint } from "./kubernetes/workload";
import { type OpenaiConfig, openaiEnvironment } from "./openai";
import type { Secrets } from "./secrets/secrets";
import type { WebsocketConfig } from "./websocket/settings";

/** What decides the environment of Keep's Python processes. */
export interface EnvironmentArgs {
    readonly config: {
        readonly openai: OpenaiConfig;
        readonly telemetry: boolean;
        readonly websocket: WebsocketConfig;
    };
    readonly urls: PublicUrls;
    readonly secrets: Secrets;
    /** Environment of each service that Keep uses: identity provider, database, secret store, Redis and Elasticsearch. */
    readonly fragments: readonly Env[];
    /** In-cluster address of Soketi; undefined when the release runs none. */
    readonly websocket: Endpoint | undefined;
}

/** Directory that a container may write to; the rest of its root is read-only. */
export const SCRATCH = "/tmp";

/** What a process of Keep's writes to its node: 89 MB of bytecode in one run, its logs and the files of its metrics. */
export const PROCESS_STORAGE = "512Mi";

/**
 * What every container in Keep's image gets. Its user is in no /etc/passwd: as 10001, or as any that OpenShift picks. Python 3.13,
 * which the image has, then takes the user's name from LOGNAME and raises OSError without it (getpass.getuser); PyMySQL asks for
 * the name when it is imported, and Keep imports it whatever the database is (keep/api/core/db_utils.py).
 */
export const IMAGE_ENV = { HOME: SCRATCH, LOGNAME: "keep" } as const satisfies Env;

/** Environment that setup, API, workers and consumer share, so that none of them reads a setting differently. */
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
        // The image brings no bytecode, and a read-only root cannot keep any: without this every process compiles everything.
        PYTHONPYCACHEPREFIX: `${SCRATCH}/pycache`,
    };
}

/** Where events for the browsers are published (keep/api/core/dependencies.py). */
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
            PUSHER_USE_SSL: port === 443 ? "true" : "false",
        };
    }
    return {
        ...app,
        PUSHER_HOST: websocket?.service,
        PUSHER_PORT: websocket === undefined ? undefined : String(websocket.port),
    };
}
