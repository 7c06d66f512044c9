import type { SharedConfig } from "./fields";
import type { Endpoint } from "../kubernetes/workload";

/** The tiers that an ingress can route to. */
export const TIERS = ["frontend", "backend", "websocket"] as const;

/** A tier that an ingress can route to. */
export type TierName = (typeof TIERS)[number];

/** Services of the tiers. */
export interface Endpoints {
    /** Undefined when it runs elsewhere. */
    readonly frontend: Endpoint | undefined;
    /** Undefined when it runs elsewhere. */
    readonly backend: Endpoint | undefined;
    /** Undefined when the release runs no websocket server. */
    readonly websocket: Endpoint | undefined;
}

/** Rules with prefixes of one length, in the order of their objects. */
const ORDER = [
    "metrics",
    "proxied-metrics",
    "backend-host-metrics",
    "backend",
    "websocket",
    "backend-host",
    "websocket-host",
    "frontend",
] as const;

/** One public path: which tier answers, and whether it sees the path without the prefix. */
export interface PathRule {
    /** Unique within an ingress; part of an object's name where each rule is an object. */
    readonly name:
        TierName | "metrics" | "proxied-metrics" | "backend-host" | "backend-host-metrics" | "websocket-host";
    /** Hosts with this path. */
    readonly hosts: readonly string[];
    /** Tier that answers. */
    readonly tier: TierName;
    /** Prefix of whole segments: /v2 matches /v2 and /v2/…, not /v2x. */
    readonly prefix: string;
    readonly endpoint: Endpoint;
    /** Whether the prefix is stripped: neither the API nor Soketi can serve below a prefix (both answer 404). */
    readonly strip: boolean;
    /** Whether the rule keeps a path from the public, with everything that begins like it: its tier has no such page. */
    readonly blocked: boolean;
}

/** Settings that paths follow from. */
type PathSettings = Pick<SharedConfig, "frontendPrefix" | "backendPrefix" | "websocketPrefix" | "tierHosts">;

/**
 * Every public path of an ingress to some tiers, the longest prefix first. `hosts` have the paths of all of them. Metrics are
 * blocked wherever their tier is reachable: their path leads to a tier that has no such page.
 */
export function pathRules(
    { frontendPrefix, backendPrefix, websocketPrefix, tierHosts }: PathSettings,
    endpoints: Endpoints,
    { hosts, strip, tiers = TIERS }: Pick<PathRule, "hosts" | "strip"> & { readonly tiers?: readonly TierName[] },
): PathRule[] {
    const proxy = frontendPrefix === "/" ? "/backend" : `${frontendPrefix}/backend`;
    const shared = { hosts, strip: false, blocked: false };
    // The frontend has no metrics. Without one, the API has none below its prefix, and Soketi none on its public port.
    const [sink, hostSink] = endpoints.frontend === undefined ? (["backend", "websocket"] as const) : FRONTEND;
    const ofBackend = { ...shared, hosts: asList(tierHosts.backend) };
    const ofWebsocket = { ...shared, hosts: asList(tierHosts.websocket) };
    const rules: Readonly<Record<TierName, readonly Omit<PathRule, "endpoint">[]>> = {
        frontend: [
            // The frontend proxies the API below /backend (keep-ui/middleware.ts), and the API has no metrics there.
            { name: "proxied-metrics", tier: "backend", prefix: `${proxy}/metrics`, ...shared, blocked: true },
            { name: "frontend", tier: "frontend", prefix: frontendPrefix, ...shared },
        ],
        backend: [
            ...(strip
                ? [
                      {
                          name: "metrics",
                          tier: sink,
                          prefix: `${backendPrefix}/metrics`,
                          ...shared,
                          blocked: true,
                      } as const,
                      { name: "backend", tier: "backend", prefix: backendPrefix, ...shared, strip } as const,
                  ]
                : []),
            { name: "backend-host-metrics", tier: hostSink, prefix: "/metrics", ...ofBackend, blocked: true },
            { name: "backend-host", tier: "backend", prefix: "/", ...ofBackend },
        ],
        websocket: [
            { name: "websocket", tier: "websocket", prefix: websocketPrefix, ...shared, strip },
            { name: "websocket-host", tier: "websocket", prefix: "/", ...ofWebsocket },
        ],
    };
    return tiers
        .flatMap((tier) => (endpoints[tier] === undefined ? [] : rules[tier]))
        .filter((rule) => rule.hosts.length > 0)
        .flatMap((rule) => {
            const endpoint = endpoints[rule.tier];
            return endpoint === undefined ? [] : [{ ...rule, endpoint }];
        })
        .sort((a, b) => b.prefix.length - a.prefix.length || ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
}

const FRONTEND = ["frontend", "frontend"] as const;

/** Every host of some rules, once. */
export function hostsOf(rules: readonly PathRule[]): string[] {
    return [...new Set(rules.flatMap(({ hosts }) => hosts))];
}

function asList(host: string | undefined): readonly string[] {
    return host === undefined ? [] : [host];
}
