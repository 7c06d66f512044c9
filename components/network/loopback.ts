import { type ComponentChoices, componentsOf } from "../component";
import { hostsOf } from "../database/givenUrl";
import { isLoopback } from "../fields/host";
import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { allOf } from "../fields/vocabulary";
import type { EnvTier } from "../secrets/settings";
import { type Address, addresses, hostIn, PROCESSES, redisAddresses, type ServiceSettings } from "../serviceAddresses";

type Settings = ComponentChoices & Readonly<Record<EnvTier, object>> & ServiceSettings;

/**
 * Conditions on addresses of the pod itself, such as localhost: all pods that connect run a container of the user beside
 * Keep's.
 */
export const loopbackRules: readonly Rule<Settings>[] = [
    ...addresses.map(
        (of): Rule<Settings> =>
            (settings) =>
                of(settings).flatMap(({ path, at, ...place }) =>
                    at !== undefined && isLoopback(hostIn(at)) ? loopbackIssues(path, at, place, settings) : [],
                ),
    ),
    ({ redis, worker }) =>
        worker.queueLength === undefined
            ? []
            : redisAddresses(redis).map(
                  ([path, at]) =>
                      at !== undefined &&
                      isLoopback(hostIn(at)) &&
                      issue(
                          path,
                          "is the pod itself, but KEDA connects to it too, because keep:worker.queueLength is set. Name a Service, or remove keep:worker.queueLength",
                          { value: at },
                      ),
              ),
];

/**
 * The condition on `keep:databaseUrl`, whose host may be the pod itself as well.
 * @param url the secret, which is not known if it is an Output
 */
export function databaseUrlRules(url: unknown): Rule<Settings>[] {
    return typeof url === "string" && hostsOf(url).some(isLoopback)
        ? [(settings) => loopbackIssues("databaseUrl", undefined, { from: PROCESSES, jobs: true }, settings)]
        : [];
}

function loopbackIssues(
    path: string,
    value: string | undefined,
    { from, jobs = false }: Omit<Address, "path" | "at">,
    settings: Settings,
): Issue[] {
    const present: readonly string[] = componentsOf(settings);
    const missing = from.filter(
        (tier) => present.includes(tier) && !hasCompanion(settings[tier], jobs && tier === "backend"),
    );
    const places = missing.map((tier) => `keep:${tier}.initContainers`);
    const why = jobs && missing.includes("backend") ? "; the Jobs have those of keep:backend, but no sidecars" : "";
    return missing.length === 0
        ? []
        : [
              issue(
                  path,
                  `${path === "databaseUrl" ? "has a host that " : ""}is the pod itself, but some pods that connect to it run nothing beside Keep. Name a Service, or add a proxy with restartPolicy Always to ${allOf(places)}${why}`,
                  value === undefined ? {} : { value },
              ),
          ];
}

/** What may listen beside Keep in the pods of a tier. */
interface Companions {
    readonly initContainers: readonly { readonly restartPolicy?: unknown }[];
    readonly sidecars: readonly object[];
}

function hasCompanion(tier: object, isNative: boolean): boolean {
    const { initContainers = [], sidecars = [] } = tier as Partial<Companions>;
    return initContainers.some(({ restartPolicy }) => restartPolicy === "Always") || (!isNative && sidecars.length > 0);
}
