import { TIERS } from "./paths";
import { type ExtraIngressConfig, type IngressConfig, pathsOf } from "./settings";
import type { WebsocketConfig } from "../websocket/settings";

/** Address of the websocket server for browsers, in the form of Keep's frontend (keep-ui/utils/hooks/usePusher.ts). */
export interface PusherAddress {
    /** A host name, or a path on the host of the page, which begins with a slash. */
    readonly host: string;
    /** Port, only for a host name. */
    readonly port?: number;
}

/** All public URLs, computed from the settings. */
export interface PublicUrls {
    /** URL of the user interface. */
    readonly frontend: string;
    /** Scheme, host and port. With a path, next-auth answers sign-in with "Bad request". */
    readonly origin: string;
    /** URL of the API for webhooks and API clients. */
    readonly backend: string;
    /** URL of the API for browsers; undefined: the frontend's /backend. */
    readonly backendForBrowser: string | undefined;
    /** URL of the live updates; undefined without them. */
    readonly websocket: string | undefined;
    readonly pusher: PusherAddress | undefined;
}

/** Settings of public URLs. */
export interface UrlSettings {
    readonly publicUrl: string;
    readonly ingress: IngressConfig;
    readonly websocket: WebsocketConfig;
    readonly backend: TierLocation;
    readonly frontend: TierLocation;
}

/** Whether the stack runs a tier; if not, its URL. */
interface TierLocation {
    readonly enabled: boolean;
    readonly url?: string;
}

/** Path on which Soketi serves clients. */
const APP_PATH = "/app";

/** Port of Soketi, for kubectl port-forward. */
const SOKETI_PORT = 6001;

/** Computes all public URLs from `keep:publicUrl`, prefixes and hosts. */
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
        // Browsers use the host of the user interface, so that no request is cross-origin.
        backendForBrowser: rewritesPaths && backend.enabled ? backendPrefix : undefined,
        ...websocketAddress(settings),
    };
}

/** URLs of user interface, API and live updates of this stack that its ingresses serve, on all of their hosts. */
export function servedUrls(
    settings: UrlSettings & { readonly extraIngresses: readonly ExtraIngressConfig[] },
): string[] {
    const { backend, extraIngresses, frontend, publicUrl, websocket } = settings;
    const { hostname } = new URL(publicUrl);
    const all = [{ hosts: undefined, tiers: TIERS, ingress: settings.ingress }, ...extraIngresses];
    return all.flatMap(({ hosts = [hostname], tiers, ingress }) =>
        [...hosts, ...("extraHosts" in ingress ? ingress.extraHosts : [])].flatMap((host) => {
            const urls = publicUrls({ ...settings, ingress, publicUrl: publicUrl.replace(hostname, host) });
            return ingress.kind === "none"
                ? []
                : [
                      ...(frontend.enabled && tiers.includes("frontend") ? [urls.frontend] : []),
                      ...(backend.enabled && tiers.includes("backend") ? [urls.backend] : []),
                      ...(websocket.kind === "soketi" && tiers.includes("websocket") ? [urls.websocket ?? ""] : []),
                  ];
        }),
    );
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
        // Pusher adds the path to Soketi's own. If the prefix is not stripped, it gets a host name instead.
        pusher: rewritesPaths ? { host: websocketPrefix } : { host: hostname, port: publicPort },
    };
}
