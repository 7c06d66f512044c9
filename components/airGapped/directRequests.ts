import { isIP } from "node:net";

import { signInUrl } from "../auth/settings";
import { allOf } from "../fields/vocabulary";
import { modelUrl } from "../openai";
import type { KeepConfig } from "../settings/resolve";
import { isToken } from "../tokens";
import { includesHost } from "./noProxy";

/**
 * A warning about hosts to which the user interface connects without `keep:proxy`; undefined if there are none. Its
 * server runs on Node.js 20 (docker/Dockerfile.ui), whose `fetch` reads no variables about proxies. Only for Entra ID,
 * Keep gives it a proxy (keep-ui/auth.ts).
 * @param config with the proxy in the environment of the tiers
 * @param namespace prefix of keys in messages
 */
export function directRequestsNote(namespace: string, config: KeepConfig): string | undefined {
    const { auth, frontend, proxy } = config;
    const requests: readonly (readonly [what: string, url: string | undefined])[] = [
        ["sign-in", auth.kind === "azuread" ? undefined : signInUrl(auth)],
        ["the assistant", modelUrl(config)],
    ];
    const noProxy = Object.entries(frontend.env).find(([name]) => name.toUpperCase() === "NO_PROXY")?.[1];
    const direct = typeof noProxy === "string" ? noProxy.split(",") : [];
    const notes = requests.flatMap(([what, url]) => {
        if (url === undefined || isToken(url)) {
            return [];
        }
        const { hostname, protocol } = new URL(url);
        const isProxied = (protocol === "http:" ? proxy?.http : proxy?.https) !== undefined;
        return isProxied && isIP(hostname) === 0 && !direct.some((entry) => includesHost(entry, hostname))
            ? [`${hostname} (${what})`]
            : [];
    });
    return !frontend.enabled || notes.length === 0
        ? undefined
        : `${namespace}proxy: the user interface connects without it to ${allOf(notes)}, because Node.js 20 in Keep's image ` +
              `ignores proxies. Allow this connection in your network, and confirm it by adding the host to ${namespace}proxy.noProxy`;
}
