import type { WorkerConfig } from "../tiers/worker";
import { managedHostFault } from "../fields/managedHost";
import { MANAGED_REDIS } from "./managedHosts";
import { REDIS_PORT, type RedisConfig, SENTINEL_PORT } from "./settings";
import type { Rule } from "../fields/rule";
import { issue, type Issue } from "../fields/issue";

const NO_WORKERS =
    "is set, but without Redis there are no workers. Remove it, or set keep:redis.kind to bundled or external";

interface Settings {
    readonly redis: RedisConfig;
    readonly worker: WorkerConfig;
}

/** Conditions on Redis: one address, one password, and workers only with Redis. */
export const redisRules: readonly Rule<Settings, "redisPassword" | "worker">[] = [
    ({ redis }, has) => [
        ...(redis.kind === "external" ? addressIssues(redis) : []),
        redis.kind === "none" && has("worker") && issue("worker", NO_WORKERS),
        redis.kind === "external" &&
            redis.username !== undefined &&
            redis.passwordSecret === undefined &&
            !has("redisPassword") &&
            issue("redis.username", "has no password. Set keep:redisPassword, or keep:redis.passwordSecret", {
                value: redis.username,
                secretKey: "redisPassword",
            }),
        has("redisPassword") &&
            (redis.kind !== "external" || redis.passwordSecret !== undefined) &&
            issue("redisPassword", "is not used: Redis is not external, or has a passwordSecret. Remove it"),
    ],
    ({ redis }, has) => (redis.kind === "external" ? serverIssues(redis, has("redisPassword")) : []),
    ({ redis, worker }) => [
        redis.kind !== "none" &&
            worker.queueLength !== undefined &&
            worker.autoscaling === undefined &&
            issue(
                "worker.queueLength",
                "needs autoscaling. Set keep:worker.autoscaling.max, or a keep:size above small",
                { value: worker.queueLength },
            ),
        // pkg/scalers/redis_scaler.go of KEDA passes one TLS configuration to go-redis for both.
        redis.kind === "external" &&
            redis.sentinel !== undefined &&
            redis.tls &&
            worker.queueLength !== undefined &&
            issue(
                "worker.queueLength",
                "does not work with keep:redis.sentinel and keep:redis.tls: KEDA also uses TLS to the Sentinels, and Keep does not. Remove it, or set keep:redis.host instead of sentinel",
                { value: worker.queueLength },
            ),
    ],
];

/** The condition on secret variables of workers, which exist only with Redis. */
export function secretWorkerRules(secretEnv: { readonly worker?: object }): Rule<Pick<Settings, "redis">>[] {
    return [
        ({ redis }) => [
            redis.kind === "none" && secretEnv.worker !== undefined && issue("secretEnv.worker", NO_WORKERS),
        ],
    ];
}

function addressIssues({ host, hostSecret, port, portSecret, sentinel }: ExternalRedis): (Issue | false)[] {
    const given = Object.entries({ host, hostSecret, sentinel }).filter(([, value]) => value !== undefined);
    return [
        given.length === 0 && issue("redis", "has no address. Set host, hostSecret or sentinel"),
        given.length > 1 &&
            issue("redis", `has more than one address: ${given.map(([name]) => name).join(", ")}. Keep one of them`),
        port !== undefined &&
            portSecret !== undefined &&
            issue("redis.portSecret", "is set, and so is keep:redis.port. Keep one of them"),
        sentinel !== undefined &&
            portSecret !== undefined &&
            issue("redis.portSecret", "is not used, because Redis Sentinel provides the port. Remove it"),
    ];
}

/** Issues of a server that Keep's queue cannot use. */
function serverIssues(
    { host, passwordSecret, port = REDIS_PORT, portSecret, sentinel, tls }: ExternalRedis,
    isPasswordSet: boolean,
): (Issue | false)[] {
    const reason = managedHostFault(MANAGED_REDIS, {
        hasPassword: isPasswordSet || passwordSecret !== undefined,
        host,
        port: portSecret === undefined ? port : undefined,
        tls,
    });
    return [
        reason !== undefined && issue("redis.host", reason, { value: host }),
        port === SENTINEL_PORT &&
            sentinel === undefined &&
            issue(
                "redis.port",
                "is the port of Redis Sentinel, which stores no data. Name the Sentinels in keep:redis.sentinel.hosts, or set the port of Redis",
                { value: port },
            ),
    ];
}

type ExternalRedis = Extract<RedisConfig, { kind: "external" }>;
