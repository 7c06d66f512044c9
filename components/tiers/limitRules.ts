import { issue, type Issue } from "../fields/issue";
import { amountOf } from "../fields/quantity";
import type { Rule } from "../fields/rule";
import type { Resources } from "../fields/vocabulary";
import type { RedisConfig } from "../redis/settings";
import { isLater } from "../tokens";
import { BACKEND_RESOURCES, PROCESS_MEMORY, START_CPU_SECONDS } from "./process";

/** CPU limit with which an API pod starts within the default of `startupSeconds` (docs/platforms.md). */
const ENOUGH_CPU = "250m";

/** What determines the limits of a tier. */
interface Tier {
    readonly enabled?: boolean;
    readonly processes?: number;
    readonly resources?: Resources | undefined;
}

interface StartingTier extends Tier {
    readonly startupSeconds: number;
}

interface Settings {
    readonly backend: StartingTier;
    readonly consumer: StartingTier;
    readonly redis: Pick<RedisConfig, "kind">;
    readonly setup: Tier & { readonly timeoutSeconds: number };
    readonly worker: StartingTier;
}

/** Conditions on the limits of what runs Keep's Python program: all its processes fit, and start in time. */
export const limitRules: readonly Rule<Settings>[] = [
    ({ backend }) => tierIssues("backend", backend),
    ({ consumer }) => (consumer.enabled === true ? tierIssues("consumer", consumer) : []),
    ({ setup }) => [memoryIssue("setup", setup), cpuIssue("setup", setup, "timeoutSeconds", setup.timeoutSeconds)],
    ({ redis, worker }) => (redis.kind === "none" ? [] : tierIssues("worker", worker)),
];

function tierIssues(name: string, tier: StartingTier): (Issue | false)[] {
    return [memoryIssue(name, tier), cpuIssue(name, tier, "startupSeconds", tier.startupSeconds)];
}

/**
 * @param key setting of the tier with the time in which it must start
 * @param seconds its value
 */
function cpuIssue(tier: string, { enabled = true, resources }: Tier, key: string, seconds: number): Issue | false {
    const limit = resources?.limits?.cpu;
    const cores = limit === undefined || isLater(limit) ? 0 : amountOf(limit);
    // The kubelet sets no quota for a limit of 0 (pkg/kubelet/cm/helpers_linux.go, MilliCPUToQuota).
    if (!enabled || cores === 0 || START_CPU_SECONDS / cores <= seconds) {
        return false;
    }
    const minutes = Math.ceil(START_CPU_SECONDS / cores / 60);
    return issue(
        `${tier}.resources.limits.cpu`,
        `is too low: Keep's program then starts in ${minutes} minutes or more, and keep:${tier}.${key} is ${seconds}. Set it to ${ENOUGH_CPU} or more`,
        { value: limit },
    );
}

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
