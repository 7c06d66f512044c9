import { BlockList, isIPv4 } from "node:net";

import { componentsWith, PROCESS_TIERS } from "../component";
import { isService } from "../fields/host";
import { IDENTITY_SERVERS } from "../fields/traffic";
import { type Release, scopeOf } from "../naming";
import { addresses, hostIn, portIn } from "../serviceAddresses";
import type { KeepConfig } from "../settings/resolve";
import type { TierEnv } from "../tiers/settings";
import { computedText } from "../tokens";

const TIERS = [...PROCESS_TIERS, "frontend"] as const;

/**
 * Adds `keep:proxy` to the environment of the tiers that connect to external hosts. The variables are in upper and
 * lower case, because programs differ in which they read. `env` of a tier takes precedence. A tier with a proxy of its
 * own, such as one with a password in `keep:secretEnv`, needs the hosts without it as well: the API sends live updates
 * to a Service with requests, which reads these variables (pusher/requests.py in pusher/pusher-http-python).
 */
export function withProxy(config: KeepConfig, release: Release): KeepConfig {
    const { proxy } = config;
    const users = TIERS.filter((tier) => proxy !== undefined || hasProxy(config[tier].env));
    if (users.length === 0) {
        return config;
    }
    const fixed = new Set([...directHosts(release), ...(proxy?.noProxy ?? [])]);
    // References such as $(KUBERNETES_SERVICE_HOST) decide the order of variables, so that they are not in a computed text.
    const services = computedText(placesIn(config), (places) =>
        [...new Set([...servicesAt(places), ...addressesAt(places, proxy?.noProxy ?? [])])]
            .filter((host) => !fixed.has(host))
            .map((host) => `,${host}`)
            .join(""),
    );
    const values = {
        ...(proxy?.http === undefined ? {} : { HTTP_PROXY: proxy.http }),
        ...(proxy?.https === undefined ? {} : { HTTPS_PROXY: proxy.https }),
        NO_PROXY: [...fixed].join(",") + services,
    };
    const env: TierEnv = Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) => [
            [name, value],
            [name.toLowerCase(), value],
        ]),
    );
    const tiers = users.map((tier) => [tier, { ...config[tier], env: withOwn(env, config[tier].env) }]);
    return { ...config, ...(Object.fromEntries(tiers) as Pick<KeepConfig, (typeof TIERS)[number]>) };
}

/**
 * Variables about proxies for pods that use the Kubernetes client, such as those of an operator: their NO_PROXY includes the direct
 * hosts, also beside one that a tier sets for itself.
 */
export function withDirectHosts(variables: TierEnv, release: Release): TierEnv {
    return Object.fromEntries(
        Object.entries(variables).flatMap(([name, value]): [string, TierEnv[string]][] => {
            // Python's clients find `*` only by itself (proxy_bypass_environment in Lib/urllib/request.py).
            if (!/^no_proxy$/i.test(name) || value === "*") {
                return [[name, value]];
            }
            const given = typeof value === "string" ? value : `$(OWN_${name})`;
            const listed = given.split(",");
            const hosts = [
                ...(given === "" ? [] : [given]),
                ...directHosts(release).filter((host) => !listed.includes(host)),
            ];
            return [
                // Kubernetes expands a reference to a key of a Secret only in another variable.
                ...(typeof value === "string" ? [] : [[`OWN_${name}`, value] satisfies [string, TierEnv[string]]]),
                [name, hosts.join(",")],
            ];
        }),
    );
}

/** Whether a tier has a proxy of its own. An empty variable disables the proxy. */
function hasProxy(env: TierEnv): boolean {
    return Object.entries(env).some(([name, value]) => /^(https?|all)_proxy$/i.test(name) && value !== "");
}

/** Variables with those of a tier, each of which replaces the one of its name in both cases. */
function withOwn(env: TierEnv, own: TierEnv): TierEnv {
    const replaced = new Set(Object.keys(own).map((name) => name.toUpperCase()));
    const kept = Object.entries(env).filter(([name]) => !replaced.has(name.toUpperCase()));
    return { ...Object.fromEntries(kept), ...own };
}

/**
 * Hosts for which the proxy is not used: the pod itself, the release's Services by their short names, the cluster and
 * its API server, and the servers on nodes that give pods their cloud identity.
 */
function directHosts(release: Release): string[] {
    const services = componentsWith("service")
        .map((component) => scopeOf(release, component).name)
        .sort();
    // Kubernetes expands this variable to the address of its API server, which the Kubernetes client uses instead of a
    // name.
    const apiServer = ["kubernetes.default.svc", "$(KUBERNETES_SERVICE_HOST)"];
    return ["localhost", "127.0.0.1", "::1", ".svc", ".cluster.local", ...services, ...apiServer, ...IDENTITY_SERVERS];
}

/** A URL without references such as $(HOST). Clients of other protocols use no proxy. */
const HTTP_URL = /^https?:\/\/[a-z\d.-]+(:\d{1,5})?(\/|$)/i;

/** Places of hosts in the settings, and URLs in variables, such as that of a collector; except those of the proxy itself. */
function placesIn(config: KeepConfig): string[] {
    const ofSettings = addresses
        .flatMap((of) => of(config))
        .flatMap(({ at, path }) => (at === undefined || path.startsWith("proxy.") ? [] : [at]));
    const ofVariables = TIERS.flatMap((tier) => Object.values(config[tier].env))
        .filter((value) => typeof value === "string")
        .filter((value) => HTTP_URL.test(value));
    return [...ofSettings, ...ofVariables];
}

/** Hosts that are Services of the cluster without `.svc`, such as `vault.vault`. */
function servicesAt(places: readonly string[]): string[] {
    return places
        .filter((place) => isService(hostIn(place), portIn(place)))
        .map(hostIn)
        .filter((host) => !host.includes(".svc"));
}

/** Addresses that lie in a range of `noProxy`: a client that compares texts, such as OpenAI's, needs them (encode/httpx#2828). */
function addressesAt(places: readonly string[], noProxy: readonly string[]): string[] {
    const ranges = new BlockList();
    for (const [address = "", prefix] of noProxy.map((entry) => entry.split("/"))) {
        if (prefix !== undefined) {
            ranges.addSubnet(address, Number(prefix), "ipv4");
        }
    }
    return places.map(hostIn).filter((host) => isIPv4(host) && ranges.check(host));
}
