import { type EdgeConfig, isRewriting } from "../config/ingress";
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
    readonly name: "frontend" | "backend" | "websocket" | "metrics";
    /** Tier that answers. */
    readonly tier: "frontend" | "backend" | "websocket";
    /** Prefix of whole segments: /v2 stands for /v2 and /v2/…, not for /v2x. */
    readonly prefix: string;
    readonly endpoint: Endpoint;
    /** Whether the prefix is taken off: neither API nor Soketi can serve below a prefix (both answer 404). */
    readonly strip: boolean;
}

/** Every public path of a release, the most special first. */
export function pathRules(config: EdgeConfig, { frontend, backend, websocket }: Endpoints): PathRule[] {
    const { frontendPrefix, backendPrefix, websocketPrefix } = config;
    const strip = isRewriting(config);
    // Metrics are for the cluster's own monitoring. From outside their path goes to a tier that has no such page: with its
    // prefix taken off for the API it goes to the user interface, else (the user interface would pass it on) to the API.
    const blind = strip
        ? ({ tier: "frontend", endpoint: frontend } as const)
        : ({ tier: "backend", endpoint: backend } as const);
    const rules: PathRule[] = [
        { name: "metrics", prefix: `${backendPrefix}/metrics`, ...blind, strip: false },
        ...(strip
            ? [{ name: "backend", tier: "backend", prefix: backendPrefix, endpoint: backend, strip } as const]
            : []),
        ...(websocket === undefined
            ? []
            : [{ name: "websocket", tier: "websocket", prefix: websocketPrefix, endpoint: websocket, strip } as const]),
        { name: "frontend", tier: "frontend", prefix: frontendPrefix, endpoint: frontend, strip: false },
    ];
    return rules.sort((a, b) => b.prefix.length - a.prefix.length);
}
