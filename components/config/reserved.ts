import type { Problem } from "./problems";
import type { EnvTier } from "./secrets";

/**
 * Environment variables that a typed setting decides, by tier, each with that setting. They are refused in a tier's raw `env`:
 * two places for one value is how the chart's tiers came to disagree. A test holds this list against what the tiers render.
 */
export const reservedEnv: Readonly<Record<EnvTier, Readonly<Record<string, string>>>> = {
    backend: keepProcess(),
    worker: keepProcess(),
    frontend: {
        API_URL: "keep:release",
        API_URL_CLIENT: "keep:ingress",
        AUTH_TYPE: "keep:auth",
        HOME: "the program",
        HOSTNAME: "the program",
        NEXTAUTH_SECRET: "the program, which generates it",
        NEXTAUTH_URL: "keep:publicUrl",
        NODE_ENV: "the image",
        OPENAI_API_KEY: "keep:openaiApiKey",
        OPENAI_BASE_URL: "keep:openai",
        OPENAI_MODEL_NAME: "keep:openai",
        OPEN_AI_API_KEY: "keep:openaiApiKey",
        OPEN_AI_ORGANIZATION_ID: "keep:openai",
        PORT: "the program",
        POSTHOG_DISABLED: "keep:telemetry",
        POSTHOG_KEY: "keep:telemetry",
        PUSHER_APP_KEY: "keep:websocket",
        PUSHER_DISABLED: "keep:websocket",
        PUSHER_HOST: "keep:websocket",
        PUSHER_PORT: "keep:websocket",
        SENTRY_DISABLED: "keep:telemetry",
    },
    websocket: {
        PM2_HOME: "the program",
        SOKETI_ADAPTER_DRIVER: "keep:redis",
        SOKETI_ADAPTER_REDIS_PREFIX: "keep:redis",
        SOKETI_DB_REDIS_DB: "keep:redis",
        SOKETI_DB_REDIS_HOST: "keep:redis",
        SOKETI_DB_REDIS_PASSWORD: "keep:redis",
        SOKETI_DB_REDIS_PORT: "keep:redis",
        SOKETI_DB_REDIS_USERNAME: "keep:redis",
        SOKETI_DEFAULT_APP_ID: "the program, which generates it",
        SOKETI_DEFAULT_APP_KEY: "the program, which generates it",
        SOKETI_DEFAULT_APP_SECRET: "the program, which generates it",
        SOKETI_METRICS_ENABLED: "the program",
        SOKETI_PATH_PREFIX: "keep:ingress.websocketPrefix (it would break the backend's calls)",
    },
};

/** Names of a tier's raw environment that a typed setting decides, each as a problem. `at` is the key that holds them. */
export function reservedProblems(tier: EnvTier, names: readonly string[], at: string): Problem[] {
    return names.flatMap((name) => {
        const owner = reservedEnv[tier][name];
        return owner === undefined
            ? []
            : [
                  {
                      key: `${at}.${name}`,
                      fault: `is decided by ${owner}. Remove it here, and change it there if need be`,
                  },
              ];
    });
}

function keepProcess(): Record<string, string> {
    return {
        AUTH_TYPE: "keep:auth",
        AWS_KMS_KEY_ID: "keep:secretStore",
        AWS_REGION: "keep:secretStore",
        DATABASE_CONNECTION_STRING: "keep:database",
        DATABASE_MAX_OVERFLOW: "keep:database.pool",
        DATABASE_PASSWORD: "keep:database",
        DATABASE_POOL_RECYCLE: "keep:database.pool",
        DATABASE_POOL_SIZE: "keep:database.pool",
        DATABASE_POOL_TIMEOUT: "keep:database.pool",
        GOOGLE_CLOUD_PROJECT: "keep:secretStore",
        HASHICORP_VALUT_NAMESPACE: "keep:secretStore",
        HASHICORP_VAULT_ADDR: "keep:secretStore",
        HASHICORP_VAULT_K8S_ROLE: "keep:secretStore",
        HASHICORP_VAULT_USE_K8S: "keep:secretStore",
        HOME: "the program",
        K8S_NAMESPACE: "keep:secretStore",
        KEEP_API_URL: "keep:publicUrl and keep:ingress",
        KEEP_DB_PRE_PING_ENABLED: "the program",
        KEEP_DEFAULT_API_KEYS: "keep:apiKeys",
        KEEP_DEFAULT_PASSWORD: "keep:firstUserPassword",
        KEEP_DEFAULT_USERNAME: "keep:auth",
        KEEP_JWT_SECRET: "the program, which generates it",
        KEEP_PLATFORM_URL: "keep:publicUrl",
        KEEP_PROVIDERS: "keep:providers",
        OPENAI_API_KEY: "keep:openaiApiKey",
        OPENAI_BASE_URL: "keep:openai",
        OPENAI_MODEL_NAME: "keep:openai",
        POSTHOG_DISABLED: "keep:telemetry",
        PROMETHEUS_MULTIPROC_DIR: "the program",
        PROVISION_RESOURCES: "the setup step",
        PUSHER_APP_ID: "keep:websocket",
        PUSHER_APP_KEY: "keep:websocket",
        PUSHER_APP_SECRET: "keep:websocket",
        PUSHER_DISABLED: "keep:websocket",
        PUSHER_HOST: "keep:websocket",
        PUSHER_PORT: "keep:websocket",
        PUSHER_USE_SSL: "keep:websocket",
        PYTHONPYCACHEPREFIX: "the program",
        REDIS: "keep:redis",
        REDIS_DB: "keep:redis",
        REDIS_HOST: "keep:redis",
        REDIS_PASSWORD: "keep:redis",
        REDIS_PORT: "keep:redis",
        REDIS_SSL: "keep:redis",
        REDIS_USERNAME: "keep:redis",
        SECRET_MANAGER_TYPE: "keep:secretStore",
        SKIP_DB_CREATION: "the setup step",
        WORKFLOWS_INTERVAL_ENABLED: "keep:redis",
    };
}
