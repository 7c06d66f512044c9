import { type IngressConfig, pathsOf } from "./settings";
import type { WebsocketConfig } from "../websocket/settings";

/** How a browser reaches the websocket server, in the words of Keep's frontend (keep-ui/utils/hooks/usePusher.ts). */
export interface PusherAddress {
    /** A path on the page's own host, beginning with a slash; or a host name. */
    readonly host: string;
    /** Port, for a host name only. */
    readonly port?: number;
}

/** All public addresses of a Keep: computed from configuration, before anything is made. */
export interface PublicUrls {
    /** Where people open Keep. */
    readonly frontend: string;
    /** Scheme, host and port: sign-in allows no path (next-auth answers "Bad request" otherwise). */
    readonly origin: string;
    /** Keep's API from outside: webhooks and API clients. */
    readonly backend: string;
    /** Keep's API for the browser; undefined: through the frontend's own /backend. */
    readonly backendForBrowser: string | undefined;
    /** Where browsers listen; undefined when there are no live updates. */
    readonly websocket: string | undefined;
    readonly pusher: PusherAddress | undefined;
}

/** What the public addresses follow from. */
export interface UrlSettings {
    readonly publicUrl: string;
    readonly ingress: IngressConfig;
    readonly websocket: WebsocketConfig;
    readonly backend: TierLocation;
    readonly frontend: TierLocation;
}

/** Whether a tier runs here; if not, its address elsewhere. */
interface TierLocation {
    readonly enabled: boolean;
    readonly url?: string;
}

/** Path on which Soketi serves clients. */
const APP_PATH = "/app";

/** Port of Soketi, for those who forward it to localhost. */
const SOKETI_PORT = 6001;

/** Every public address, from `keep:publicUrl`, prefixes and hosts. */
export function publicUrls(settings: UrlSettings): PublicUrls {
    const { backend, frontend, ingress, publicUrl } = settings;
    const { origin, hostname } = new URL(publicUrl);
    const { frontendPrefix, backendPrefix, rewritesPaths } =
        ingress.kind === "none"
            ? { frontendPrefix: "/", backendPrefix: frontend.enabled ? "/backend" : "", rewritesPaths: false }
            : pathsOf(ingress);
    const host = "tierHosts" in ingress ? ingress.tierHosts.backend : undefined;
    const api = host === undefined ? origin + backendPrefix : origin.replace(hostname, host);
    return {
        frontend: frontend.enabled ? origin + frontendPrefix.replace(/^\/$/, "") : (frontend.url ?? origin),
        origin,
        backend: backend.enabled ? api : (backend.url ?? origin),
        // Browsers stay on the host of the user interface, so that no request crosses origins.
        backendForBrowser: rewritesPaths && backend.enabled ? backendPrefix : undefined,
        ...websocketAddress(settings),
    };
}

function websocketAddress({ publicUrl, ingress, websocket }: UrlSettings): Pick<PublicUrls, "websocket" | "pusher"> {
    const { host, hostname, port, protocol } = new URL(publicUrl);
    const isHttps = protocol === "https:";
    const scheme = isHttps ? "wss" : "ws";
    if (websocket.kind === "none") {
        return { websocket: undefined, pusher: undefined };
    }
    if (websocket.kind === "external") {
        const { host, port } = websocket;
        return { websocket: `${port === 443 ? "wss" : "ws"}://${host}:${port}${APP_PATH}`, pusher: { host, port } };
    }
    if (ingress.kind === "none") {
        return {
            websocket: `ws://${hostname}:${SOKETI_PORT}${APP_PATH}`,
            pusher: { host: hostname, port: SOKETI_PORT },
        };
    }
    const publicPort = Number(port === "" ? (isHttps ? 443 : 80) : port);
    const { websocketPrefix, rewritesPaths } = pathsOf(ingress);
    const ownHost = "tierHosts" in ingress ? ingress.tierHosts.websocket : undefined;
    if (ownHost !== undefined) {
        return {
            websocket: `${scheme}://${host.replace(hostname, ownHost)}${APP_PATH}`,
            pusher: { host: ownHost, port: publicPort },
        };
    }
    return {
        websocket: `${scheme}://${host}${websocketPrefix}`,
        // Pusher puts a path before Soketi's own: where the prefix stays, it gets a host name instead.
        pusher: rewritesPaths ? { host: websocketPrefix } : { host: hostname, port: publicPort },
    };
}
