import { issue, type Issue } from "../fields/issue";
import { amountOf } from "../fields/quantity";
import type { Rule } from "../fields/rule";
import type { Resources } from "../fields/vocabulary";
import type { RedisConfig } from "../redis/settings";
import { isLater } from "../tokens";
import { BACKEND_RESOURCES, PROCESS_MEMORY } from "./process";

/** What determines the memory of a tier. */
interface Tier {
    readonly enabled?: boolean;
    readonly processes?: number;
    readonly resources?: Resources | undefined;
}

interface Settings {
    readonly backend: Tier;
    readonly consumer: Tier;
    readonly redis: Pick<RedisConfig, "kind">;
    readonly setup: Tier;
    readonly worker: Tier;
}

/** Conditions on the memory limits of what runs Keep's Python program: all its processes fit. */
export const memoryRules: readonly Rule<Settings>[] = [
    ({ backend }) => [memoryIssue("backend", backend)],
    ({ consumer }) => [consumer.enabled === true && memoryIssue("consumer", consumer)],
    ({ setup }) => [memoryIssue("setup", setup)],
    ({ redis, worker }) => [redis.kind !== "none" && memoryIssue("worker", worker)],
];

function memoryIssue(tier: string, { enabled = true, processes = 1, resources }: Tier): Issue | false {
    const { limits } = resources ?? BACKEND_RESOURCES;
    const limit = limits?.memory;
    const needed = `${processes * PROCESS_MEMORY}Mi`;
    if (!enabled || limit === undefined || isLater(limit) || amountOf(limit) >= amountOf(needed)) {
        return false;
    }
    const path = `${tier}.resources.limits.memory`;
    if (processes === 1) {
        return issue(path, `is less than a process of Keep needs. Set it to ${needed} or more`, { value: limit });
    }
    const all = `${processes} processes, of which each needs about ${PROCESS_MEMORY} MiB`;
    // The sizes only raise the limit.
    return amountOf(limit) < amountOf(BACKEND_RESOURCES.limits?.memory ?? "")
        ? issue(path, `is too low for ${all}. Set it to ${needed} or more, or lower keep:${tier}.processes`, {
              value: limit,
          })
        : issue(
              `${tier}.processes`,
              `does not fit into the memory limit of ${limit}: each process needs about ${PROCESS_MEMORY} MiB. ` +
                  `Set keep:${path} to ${needed} or more, or use fewer`,
              { value: processes },
          );
}
