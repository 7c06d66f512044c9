import { type EdgeConfig, isRewriting } from "./settings";
import type { Endpoint } from "../kubernetes/workload";

/** The tiers that a way in can send requests to. */
export interface Endpoints {
    readonly frontend: Endpoint;
    readonly backend: Endpoint;
    /** Undefined when the release runs no websocket server. */
    readonly websocket: Endpoint | undefined;
}

/** One public path: which tier answers, and whether it sees the path without the prefix. */
export interface PathRule {
    /** Tells the rules of one release apart; part of an object's name where each rule is one. */
    readonly name: "frontend" | "backend" | "websocket" | "metrics" | "proxied-metrics";
    /** Tier that answers. */
    readonly tier: "frontend" | "backend" | "websocket";
    /** Prefix of whole segments: /v2 stands for /v2 and /v2/…, not for /v2x. */
    readonly prefix: string;
    readonly endpoint: Endpoint;
    /** Whether the prefix is taken off: neither API nor Soketi can serve below a prefix (both answer 404). */
    readonly strip: boolean;
    /** Whether the tier has no page there: the path is kept from the public, with everything that begins like it. */
    readonly blind: boolean;
}

/** Every public path of a release, the most special first. */
export function pathRules(config: EdgeConfig, endpoints: Endpoints): PathRule[] {
    const { frontendPrefix, backendPrefix, websocketPrefix } = config;
    const { frontend, backend, websocket } = endpoints;
    const strip = isRewriting(config);
    const shown = { strip, blind: false };
    const rules: PathRule[] = [
        ...metricsRules(config, endpoints),
        ...(strip
            ? [{ name: "backend", tier: "backend", prefix: backendPrefix, endpoint: backend, ...shown } as const]
            : []),
        ...(websocket === undefined
            ? []
            : [
                  {
                      name: "websocket",
                      tier: "websocket",
                      prefix: websocketPrefix,
                      endpoint: websocket,
                      ...shown,
                  } as const,
              ]),
        { name: "frontend", tier: "frontend", prefix: frontendPrefix, endpoint: frontend, strip: false, blind: false },
    ];
    return rules.sort((a, b) => b.prefix.length - a.prefix.length);
}

/**
 * Metrics are for the cluster's own monitoring. From outside their path leads to a tier that has no such page: under the API's
 * prefix to the user interface, and under /backend, which the user interface would pass on (keep-ui/middleware.ts), to the API.
 */
function metricsRules(config: EdgeConfig, { frontend, backend }: Endpoints): PathRule[] {
    const { frontendPrefix, backendPrefix } = config;
    const proxied = `${frontendPrefix === "/" ? "" : frontendPrefix}/backend/metrics`;
    const hidden = { strip: false, blind: true };
    return [
        ...(isRewriting(config)
            ? [
                  {
                      name: "metrics",
                      tier: "frontend",
                      prefix: `${backendPrefix}/metrics`,
                      endpoint: frontend,
                      ...hidden,
                  } as const,
              ]
            : []),
        { name: "proxied-metrics", tier: "backend", prefix: proxied, endpoint: backend, ...hidden },
    ];
}
