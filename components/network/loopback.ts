import { type ComponentChoices, componentsOf, PROCESS_TIERS } from "../component";
import { hostsOf, socketsOf } from "../database/givenUrl";
import { isLoopback } from "../fields/host";
import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { allOf } from "../fields/vocabulary";
import type { EnvTier } from "../secrets/settings";
import { type Address, addresses, hostIn, redisAddresses, type ServiceSettings } from "../serviceAddresses";
import { mountsOf } from "../tiers/databaseFiles";
import type { TierConfig } from "../tiers/settings";

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
 * The condition on `keep:databaseUrl`, whose host may be the pod itself as well, or a socket in a volume of the pod.
 * @param url the secret, which is not known if it is an Output
 */
export function databaseUrlRules(url: unknown): Rule<Settings>[] {
    const isKnown = typeof url === "string";
    const sockets = isKnown ? socketsOf(url) : [];
    if (sockets.length > 0) {
        const what = "names a socket, which is in the pod itself";
        return [
            (settings) => {
                const from = PROCESS_TIERS.filter((tier) => sockets.some((path) => !isOfNode(path, settings[tier])));
                return loopbackIssues("databaseUrl", undefined, { from, jobs: true }, settings, what);
            },
        ];
    }
    const what = "has a host that is the pod itself";
    return isKnown && hostsOf(url).some(isLoopback)
        ? [(settings) => loopbackIssues("databaseUrl", undefined, { from: PROCESS_TIERS, jobs: true }, settings, what)]
        : [];
}

/** Whether a path is in a directory of the node, where another pod can create a socket. */
function isOfNode(path: string, tier: object): boolean {
    const { volumeMounts = [], volumes = [] } = tier as Partial<Pick<TierConfig, "volumeMounts" | "volumes">>;
    return mountsOf(path, { volumeMounts }).some((mount) =>
        volumes.some(({ hostPath, name }) => hostPath !== undefined && name === mount.name),
    );
}

function loopbackIssues(
    path: string,
    value: string | undefined,
    { from, jobs = false }: Omit<Address, "path" | "at">,
    settings: Settings,
    what = "is the pod itself",
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
                  `${what}, but some pods that connect to it run nothing beside Keep. Name a Service, or add a proxy with restartPolicy Always to ${allOf(places)}${why}`,
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
