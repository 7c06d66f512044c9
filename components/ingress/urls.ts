import { type IngressConfig, rewritesPaths } from "./settings";
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

/** Every public address, from `keep:publicUrl` and the prefixes. */
export function publicUrls(settings: UrlSettings): PublicUrls {
    const { backend, frontend, ingress, publicUrl } = settings;
    const { origin, hostname, protocol } = new URL(publicUrl);
    const { frontendPrefix, backendPrefix } =
        ingress.kind === "none" ? { frontendPrefix: "/", backendPrefix: frontend.enabled ? "/backend" : "" } : ingress;
    const isDirect = ingress.kind !== "none" && rewritesPaths(ingress) && backend.enabled;
    return {
        frontend: frontend.enabled ? origin + frontendPrefix.replace(/^\/$/, "") : (frontend.url ?? origin),
        origin,
        backend: backend.enabled ? origin + backendPrefix : (backend.url ?? origin),
        backendForBrowser: isDirect ? backendPrefix : undefined,
        ...websocketAddress(settings, hostname, protocol === "https:" ? "wss:" : "ws:"),
    };
}

function websocketAddress(
    { publicUrl, ingress, websocket }: UrlSettings,
    hostname: string,
    scheme: "ws:" | "wss:",
): Pick<PublicUrls, "websocket" | "pusher"> {
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
    const { host, port } = new URL(publicUrl);
    return {
        websocket: `${scheme}//${host}${ingress.websocketPrefix}`,
        pusher: rewritesPaths(ingress)
            ? { host: ingress.websocketPrefix }
            : // A path of its own would be put before Soketi's: only a host name leaves Soketi's path as it is.
              { host: hostname, port: Number(port === "" ? (scheme === "wss:" ? 443 : 80) : port) },
    };
}
