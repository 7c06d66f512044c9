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
    /** Undefined if the release runs no websocket server. */
    readonly websocket: Endpoint | undefined;
}

/** Order of rules with prefixes of equal length. */
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

/** A public path and its tier. */
export interface PathRule {
    /** Name, unique in an ingress. If each rule is an object, it is part of the object's name. */
    readonly name:
        TierName | "metrics" | "proxied-metrics" | "backend-host" | "backend-host-metrics" | "websocket-host";
    /** Hosts with this path. */
    readonly hosts: readonly string[];
    /** Tier that answers. */
    readonly tier: TierName;
    /** Prefix of whole segments: /v2 matches /v2 and /v2/…, but not /v2x. */
    readonly prefix: string;
    readonly endpoint: Endpoint;
    /** Whether the prefix is stripped, because the API and Soketi answer 404 below a prefix. */
    readonly strip: boolean;
    /**
     * Whether the rule blocks the path and everything that begins with it, by routing to a tier without such a page.
     */
    readonly blocked: boolean;
}

/** Settings of paths. */
type PathSettings = Pick<SharedConfig, "frontendPrefix" | "backendPrefix" | "websocketPrefix" | "tierHosts">;

/**
 * All public paths of an ingress to the given tiers, the longest prefix first. All `hosts` have the paths of all tiers.
 * Metrics are blocked by routing their paths to a tier without such pages.
 */
export function pathRules(
    { frontendPrefix, backendPrefix, websocketPrefix, tierHosts }: PathSettings,
    endpoints: Endpoints,
    { hosts, strip, tiers = TIERS }: Pick<PathRule, "hosts" | "strip"> & { readonly tiers?: readonly TierName[] },
): PathRule[] {
    const proxy = frontendPrefix === "/" ? "/backend" : `${frontendPrefix}/backend`;
    const shared = { hosts, strip: false, blocked: false };
    // The frontend has no metrics. Without a frontend, the API has none below its prefix, and Soketi none on its public
    // port.
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

/** The distinct hosts of rules. */
export function hostsOf(rules: readonly PathRule[]): string[] {
    return [...new Set(rules.flatMap(({ hosts }) => hosts))];
}

function asList(host: string | undefined): readonly string[] {
    return host === undefined ? [] : [host];
}
