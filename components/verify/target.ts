import { type PublicUrls, publicUrls, type UrlSettings } from "../ingress/urls";
import type { Release } from "../naming";
import type { AuthConfig } from "../auth/settings";

/** The target of verify.mjs. */
export interface Target {
    readonly namespace: string;
    readonly release: string;
    /** Kind of `keep:auth`. */
    readonly auth: AuthConfig["kind"];
    readonly origin: string;
    /** Undefined if the user interface runs elsewhere. */
    readonly frontend: string | undefined;
    readonly backend: string;
    /** URL to which browsers connect, without the key; undefined without live updates. */
    readonly websocket: string | undefined;
    /** Tier that stores alerts. */
    readonly processor: "backend" | "worker";
    /** Resource that routes requests, for kubectl. */
    readonly route: string;
}

/** Settings of a target. */
export interface TargetSettings extends UrlSettings {
    readonly auth: AuthConfig;
    readonly redis: { readonly kind: string };
}

/** The target for a release. */
export function targetOf(release: Release, config: TargetSettings): Target {
    const urls = publicUrls(config);
    return {
        namespace: release.namespace,
        release: release.name,
        auth: config.auth.kind,
        origin: urls.origin,
        frontend: config.frontend.enabled ? urls.frontend : undefined,
        backend: urls.backend,
        websocket: browserAddress(urls),
        processor: config.redis.kind === "none" ? "backend" : "worker",
        route: routeOf(config.ingress.kind),
    };
}

/**
 * URL to which pusher-js connects. With TLS, it always uses port 443 of the page's host
 * (keep-ui/utils/hooks/usePusher.ts). Without TLS, it tries ws and then wss at the port (src/core/strategies/default_strategy.ts
 * in pusher/pusher-js), and 443 of an external server has TLS.
 */
function browserAddress({ origin, pusher }: PublicUrls): string | undefined {
    if (pusher === undefined) {
        return undefined;
    }
    const { host, hostname, protocol } = new URL(origin);
    const isSecure = protocol === "https:";
    const scheme = isSecure || pusher.port === 443 ? "wss" : "ws";
    return pusher.port === undefined
        ? `${scheme}://${isSecure ? hostname : host}${pusher.host}/app`
        : `${scheme}://${pusher.host}:${pusher.port}/app`;
}

function routeOf(kind: UrlSettings["ingress"]["kind"]): string {
    switch (kind) {
        case "gateway":
            return "httproute";
        case "openshift":
            return "route";
        case "none":
        case "external":
            return "service";
        default:
            return "ingress";
    }
}
