import type { StackConfig } from "../settings/schema";
import type { RedisConfig } from "./settings";
import type { Rule } from "../fields/rule";
import { issue } from "../fields/issue";

interface Settings {
    readonly redis: RedisConfig;
    readonly worker: StackConfig["worker"];
}

/** Conditions on Redis and its clients: one address, one password, and workers only beside it. */
export const redisRules: readonly Rule<Settings, "redisPassword" | "worker">[] = [
    ({ redis }, has) => [
        redis.kind === "external" &&
            (redis.host === undefined) === (redis.sentinel === undefined) &&
            issue(
                "redis",
                redis.host === undefined
                    ? "has no address. Give host, or sentinel"
                    : "has both host and sentinel. Keep one of them",
            ),
        redis.kind === "none" &&
            has("worker") &&
            issue(
                "worker",
                "is given, but without Redis there are no workers. Remove it, or set keep:redis.kind to bundled or external",
            ),
        has("redisPassword") &&
            (redis.kind !== "external" || redis.passwordSecret !== undefined) &&
            issue("redisPassword", "is not used: Redis is not external, or has a passwordSecret. Remove it"),
    ],
    ({ redis, worker }) => [
        redis.kind !== "none" &&
            worker.queueLength !== undefined &&
            worker.autoscaling === undefined &&
            issue(
                "worker.queueLength",
                "is given without autoscaling. Set keep:worker.autoscaling.max, or a keep:size above small",
                { value: worker.queueLength },
            ),
    ],
];
