import type { SharedConfig } from "./kind";
import type { Endpoint } from "../kubernetes/workload";

/** A tier that an ingress can route to. */
export type TierName = "frontend" | "backend" | "websocket";

/** The tiers that an ingress can route to. */
export interface Endpoints {
    /** Undefined when it runs elsewhere. */
    readonly frontend: Endpoint | undefined;
    /** Undefined when it runs elsewhere. */
    readonly backend: Endpoint | undefined;
    /** Undefined when the release runs no websocket server. */
    readonly websocket: Endpoint | undefined;
}

/** One public path: which tier answers, and whether it sees the path without the prefix. */
export interface PathRule {
    /** Unique within a release; part of an object's name where each rule is an object. */
    readonly name: TierName | "metrics" | "proxied-metrics";
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

/** Every public path of a release, the longest prefix first. */
export function pathRules(config: SharedConfig, endpoints: Endpoints, strip: boolean): PathRule[] {
    const { frontendPrefix, backendPrefix, websocketPrefix } = config;
    const { frontend, backend, websocket } = endpoints;
    const rules: (Omit<PathRule, "endpoint"> & { readonly endpoint: Endpoint | undefined })[] = [
        // The frontend has no metrics. The API has none below its prefix, nor below /backend, which the frontend proxies
        // (keep-ui/middleware.ts).
        {
            name: "metrics",
            tier: frontend === undefined ? "backend" : "frontend",
            prefix: `${backendPrefix}/metrics`,
            endpoint: strip && backend !== undefined ? (frontend ?? backend) : undefined,
            strip: false,
            blocked: true,
        },
        {
            name: "proxied-metrics",
            tier: "backend",
            prefix: `${frontendPrefix === "/" ? "" : frontendPrefix}/backend/metrics`,
            endpoint: frontend === undefined ? undefined : backend,
            strip: false,
            blocked: true,
        },
        {
            name: "backend",
            tier: "backend",
            prefix: backendPrefix,
            endpoint: strip ? backend : undefined,
            strip,
            blocked: false,
        },
        {
            name: "websocket",
            tier: "websocket",
            prefix: websocketPrefix,
            endpoint: websocket,
            strip,
            blocked: false,
        },
        {
            name: "frontend",
            tier: "frontend",
            prefix: frontendPrefix,
            endpoint: frontend,
            strip: false,
            blocked: false,
        },
    ];
    return rules
        .flatMap(({ endpoint, ...rule }) => (endpoint === undefined ? [] : [{ ...rule, endpoint }]))
        .sort((a, b) => b.prefix.length - a.prefix.length);
}
