import type { AuthConfig } from "../auth/settings";
import { isLoopback, isService } from "../fields/host";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { allOf } from "../fields/vocabulary";
import type { SecretStoreConfig } from "../secretStore/settings";
import { authAddresses, hostIn, portIn } from "../serviceAddresses";
import { includesHost } from "./noProxy";
import type { Proxy } from "./settings";

interface Settings {
    readonly auth: AuthConfig;
    readonly proxy?: Proxy | undefined;
    readonly secretStore: SecretStoreConfig;
}

/** Host of the store `gcp` (googleapis/google-cloud-python, packages/google-cloud-secret-manager). */
const SECRET_MANAGER = "secretmanager.googleapis.com";

/** Kinds whose tokens the API verifies with PyJWT, which gets the keys with Python's urllib (jwt/jwks_client.py). */
const WITH_URLLIB: readonly string[] = ["auth0", "okta", "onelogin"];

/** The keys of proxies that speak TLS themselves. */
function tlsProxies(proxy: Proxy | undefined): ("http" | "https")[] {
    return (["http", "https"] as const).filter((name) => /^https:/i.test(proxy?.[name] ?? ""));
}

/** Conditions on a proxy that speaks TLS itself: all clients that need it support such a proxy. */
export const tlsProxyRules: readonly Rule<Settings>[] = [
    // gRPC takes the first of https_proxy and http_proxy, and no proxy if that one begins with https
    // (grpc/grpc, http_proxy_mapper.cc).
    ({ proxy, secretStore }) => {
        const name = proxy?.https === undefined ? "http" : "https";
        return [
            secretStore.kind === "gcp" &&
                tlsProxies(proxy).includes(name) &&
                !isDirect(SECRET_MANAGER, proxy) &&
                refusal(
                    name,
                    proxy,
                    `gRPC, which the store gcp uses, connects to ${SECRET_MANAGER} without`,
                    SECRET_MANAGER,
                ),
        ];
    },
    // urllib sends CONNECT in plain text (CPython, Lib/http/client.py; https://bugs.python.org/issue29610).
    ({ auth, proxy }) =>
        tlsProxies(proxy).includes("https") && WITH_URLLIB.includes(auth.kind)
            ? authAddresses(auth)
                  .flatMap(({ at, from }) => (at !== undefined && from.includes("backend") ? [at] : []))
                  .filter((at) => !/^http:/i.test(at) && !isService(hostIn(at), portIn(at)) && !isLoopback(hostIn(at)))
                  .map(hostIn)
                  .map(
                      (host) =>
                          !isDirect(host, proxy) &&
                          refusal(
                              "https",
                              proxy,
                              `Python's urllib, which gets the signing keys from ${host}, cannot use`,
                              host,
                          ),
                  )
            : [],
];

function isDirect(host: string, proxy: Proxy | undefined): boolean {
    return proxy?.noProxy.some((entry) => includesHost(entry, host)) === true;
}

function refusal(name: "http" | "https", proxy: Proxy | undefined, reason: string, host: string) {
    return issue(
        `proxy.${name}`,
        `begins with https, which is the protocol of the proxy itself. ${reason} such a proxy. Write http:// and the proxy's plain port, or add ${host} to keep:proxy.noProxy if the pods can connect to it directly`,
        { value: proxy?.[name] },
    );
}

/**
 * A note about proxies that speak TLS themselves, which is rarely meant: most proxies take https requests at their plain port.
 * Undefined if there are none.
 * @param namespace prefix of keys in messages
 */
export function tlsProxyNote(namespace: string, { proxy }: Pick<Settings, "proxy">): string | undefined {
    const keys = tlsProxies(proxy).map((name) => `${namespace}proxy.${name}`);
    return keys.length === 0
        ? undefined
        : `${allOf(keys)} ${keys.length === 1 ? "begins" : "begin"} with https, so the pods connect to the proxy itself by TLS. If its port is plain, as that of most proxies, write http://, also for https addresses`;
}
