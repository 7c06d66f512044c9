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
    /** Tier that answers; also tells objects of one release apart. */
    readonly tier: "frontend" | "backend" | "websocket";
    /** Prefix of whole segments: /v2 stands for /v2 and /v2/…, not for /v2x. */
    readonly prefix: string;
    readonly endpoint: Endpoint;
    /** Whether the prefix is taken off: neither API nor Soketi can serve below a prefix (both answer 404). */
    readonly strip: boolean;
}

/** The prefixes of a stack. */
export interface Prefixes {
    readonly frontendPrefix: string;
    readonly backendPrefix: string;
    readonly websocketPrefix: string;
}

/** Every public path of a release, the most special first. */
export function pathRules(
    { frontendPrefix, backendPrefix, websocketPrefix }: Prefixes,
    endpoints: Endpoints,
): PathRule[] {
    const { frontend, backend, websocket } = endpoints;
    const rules: PathRule[] = [
        // Metrics are for the cluster's own monitoring. From outside this path is the user interface's, which has no such page.
        { tier: "frontend", prefix: `${backendPrefix}/metrics`, endpoint: frontend, strip: false },
        { tier: "backend", prefix: backendPrefix, endpoint: backend, strip: true },
        ...(websocket === undefined
            ? []
            : [{ tier: "websocket", prefix: websocketPrefix, endpoint: websocket, strip: true } as const]),
        { tier: "frontend", prefix: frontendPrefix, endpoint: frontend, strip: false },
    ];
    return rules.sort((a, b) => b.prefix.length - a.prefix.length);
}
