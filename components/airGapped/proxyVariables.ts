import type { ComponentName } from "../component";
import { type Destinations, type Egress, hostOf, peersFor, portOf } from "../fields/traffic";
import { isHttpAddress } from "../fields/url";
import type { TierEnv } from "../tiers/settings";
import { variablesOf } from "../tiers/variables";

interface Settings extends Readonly<Record<"backend" | "consumer" | "frontend" | "worker", { readonly env: TierEnv }>> {
    readonly backup: { readonly kind: string };
    readonly networkPolicy: { readonly destinations: Destinations };
}

const PROXY_VARIABLE = /^(https?|no)_proxy$/i;

/** The variables about proxies in the environment of a tier, which `withProxy` has added or the tier has itself. */
export function proxyVariables(env: TierEnv): TierEnv {
    return variablesOf(env, (name) => PROXY_VARIABLE.test(name));
}

/** Connections to the proxies of the tiers, which `withProxy` has added to `env`. */
export function proxyEgress(settings: Settings): Egress[] {
    const { backend, backup, consumer, frontend, networkPolicy, worker } = settings;
    const uploads: readonly ComponentName[] = "scratchSize" in backup ? ["backup"] : [];
    const users: readonly (readonly [readonly ComponentName[], TierEnv])[] = [
        [["backend", "setup", ...uploads], backend.env],
        [["worker"], worker.env],
        [["consumer"], consumer.env],
        [["frontend"], frontend.env],
    ];
    return users.flatMap(([from, env]) => {
        // An empty variable disables the proxy.
        const urls = Object.entries(env).flatMap(([name, url]) =>
            /^https?_proxy$/i.test(name) && url !== "" ? [url] : [],
        );
        return [...new Set(urls)].map((url) =>
            typeof url === "string" && isHttpAddress(url)
                ? { from, to: peersFor(networkPolicy.destinations.proxy, [portOf(url)], hostOf(url)) }
                : // The port of a proxy in a Secret is unknown.
                  { from, to: peersFor(networkPolicy.destinations.proxy, undefined) },
        );
    });
}
