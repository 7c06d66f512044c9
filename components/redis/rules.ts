import { type Rule, rule } from "../settings/rule";

/** Conditions on Redis and its clients: one address, one password, and workers only beside it. */
export const redisRules: readonly Rule[] = [
    rule(["redis"], ({ redis }, has) => [
        redis.kind === "external" &&
            (redis.host === undefined) === (redis.sentinel === undefined) && {
                key: "keep:redis",
                message:
                    redis.host === undefined
                        ? "has no address. Give host, or sentinel"
                        : "has a host beside its Sentinels, which name it. Keep one of host and sentinel",
            },
        redis.kind === "none" &&
            has("worker") && {
                key: "keep:worker",
                message:
                    "is given, but without Redis there are no workers. Remove it, or set keep:redis.kind to bundled or external",
            },
        has("redisPassword") &&
            (redis.kind !== "external" || redis.passwordSecret !== undefined) && {
                key: "keep:redisPassword",
                message: "is not used: Redis is not external, or has a passwordSecret. Remove it",
            },
    ]),
    rule(["redis", "worker"], ({ redis, worker }) => [
        redis.kind !== "none" &&
            worker.queueLength !== undefined &&
            worker.autoscaling === undefined && {
                key: "keep:worker.queueLength",
                value: worker.queueLength,
                message: "is given without autoscaling. Set keep:worker.autoscaling.max, or a keep:size above small",
            },
    ]),
];
