import type { Problem } from "./problems";
import { frontend } from "./reserved/frontend";
import { keepProcess } from "./reserved/keepProcess";
import type { EnvTier } from "./secrets";

/**
 * Environment variables that a typed setting decides, by tier, each with that setting. They are refused in a tier's raw `env`:
 * two places for one value is how the chart's tiers came to disagree. A test holds this list against what the tiers render.
 */
export const reservedEnv: Readonly<Record<EnvTier, Readonly<Record<string, string>>>> = {
    backend: keepProcess,
    worker: keepProcess,
    consumer: { ...keepProcess, CONSUMER: "keep:consumer", KEEP_TOPOLOGY_PROCESSOR: "keep:consumer.topology" },
    frontend,
    websocket: {
        NODE_EXTRA_CA_CERTS: "keep:extraCa",
        PM2_HOME: "the program",
        SOKETI_ADAPTER_DRIVER: "keep:redis",
        SOKETI_ADAPTER_REDIS_PREFIX: "keep:redis",
        SOKETI_ADAPTER_REDIS_PUB_OPTIONS: "keep:redis",
        SOKETI_ADAPTER_REDIS_SUB_OPTIONS: "keep:redis",
        SOKETI_DB_REDIS_DB: "keep:redis",
        SOKETI_DB_REDIS_HOST: "keep:redis",
        SOKETI_DB_REDIS_INSTANCE_NAME: "keep:redis",
        SOKETI_DB_REDIS_PASSWORD: "keep:redis",
        SOKETI_DB_REDIS_PORT: "keep:redis",
        SOKETI_DB_REDIS_SENTINELS: "keep:redis",
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
