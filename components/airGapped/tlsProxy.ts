import type { AuthConfig } from "../auth/settings";
import { isLoopback, isService } from "../fields/host";
import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { allOf } from "../fields/vocabulary";
import type { SecretStoreConfig } from "../secretStore/settings";
import { authAddresses, hostIn, portIn } from "../serviceAddresses";
import type { TierEnv } from "../tiers/settings";
import { includesHost } from "./noProxy";
import type { Proxy } from "./settings";

interface Settings {
    readonly auth: AuthConfig;
    readonly backend: { readonly env: TierEnv };
    readonly proxy?: Proxy | undefined;
    readonly secretStore: SecretStoreConfig;
}

/** A setting that the API reads, by its path. */
interface Setting {
    readonly path: readonly string[];
    readonly value: string;
}

/** Host of the store `gcp` (googleapis/google-cloud-python, packages/google-cloud-secret-manager). */
const SECRET_MANAGER = "secretmanager.googleapis.com";

/** Kinds whose tokens the API verifies with PyJWT, which gets the keys with Python's urllib (jwt/jwks_client.py). */
const WITH_URLLIB: readonly string[] = ["auth0", "okta", "onelogin"];

/** A variable of the API's own, which replaces that of `keep:proxy`; undefined if there is none. Other variables are not read. */
function ownVariable(env: TierEnv, variable: string): Setting | undefined {
    const name = Object.keys(env).find((one) => one.toLowerCase() === variable);
    const value = name === undefined ? undefined : env[name];
    return name === undefined || typeof value !== "string" ? undefined : { path: ["backend", "env", name], value };
}

/** The proxy that the API has for a protocol. */
function proxyOf({ backend, proxy }: Pick<Settings, "backend" | "proxy">, name: "http" | "https"): Setting | undefined {
    const value = proxy?.[name];
    return (
        ownVariable(backend.env, `${name}_proxy`) ??
        (value === undefined ? undefined : { path: ["proxy", name], value })
    );
}

/** Whether a proxy speaks TLS itself. */
function hasTls(proxy: Setting | undefined): proxy is Setting {
    return speaksTls(proxy?.value);
}

function speaksTls(address: string | undefined): boolean {
    return /^https:/i.test(address ?? "");
}

/** Conditions on a proxy that speaks TLS itself: all clients of the API that need it support such a proxy. */
export const tlsProxyRules: readonly Rule<Settings>[] = [
    // gRPC takes the first of these, and no proxy if it begins with https (grpc/grpc, http_proxy_mapper.cc).
    (settings) => {
        const own = ownVariable(settings.backend.env, "grpc_proxy");
        const used = own ?? proxyOf(settings, "https") ?? proxyOf(settings, "http");
        return settings.secretStore.kind === "gcp" && hasTls(used)
            ? [
                  refusal(
                      used,
                      settings,
                      SECRET_MANAGER,
                      `gRPC, which the store gcp uses, connects to ${SECRET_MANAGER} without`,
                  ),
              ]
            : [];
    },
    // urllib sends CONNECT in plain text (CPython, Lib/http/client.py; https://bugs.python.org/issue29610).
    (settings) => {
        const { auth } = settings;
        const used = proxyOf(settings, "https");
        return hasTls(used) && WITH_URLLIB.includes(auth.kind)
            ? authAddresses(auth)
                  .flatMap(({ at, from }) => (at !== undefined && from.includes("backend") ? [at] : []))
                  .filter((at) => !/^http:/i.test(at) && !isService(hostIn(at), portIn(at)) && !isLoopback(hostIn(at)))
                  .map(hostIn)
                  .map((host) =>
                      refusal(
                          used,
                          settings,
                          host,
                          `Python's urllib, which gets the signing keys from ${host}, cannot use`,
                      ),
                  )
            : [];
    },
];

function refusal({ path, value }: Setting, { backend, proxy }: Settings, host: string, reason: string): Issue | false {
    const own = ownVariable(backend.env, "no_proxy");
    const direct = own?.value.split(",").map((entry) => entry.trim()) ?? proxy?.noProxy ?? [];
    const fix = `keep:${own?.path.join(".") ?? "proxy.noProxy"}`;
    return (
        !direct.some((entry) => includesHost(entry, host)) &&
        issue(
            path,
            `begins with https, which is the protocol of the proxy itself. ${reason} such a proxy. Write http:// and the proxy's plain port, or add ${host} to ${fix} if the pods can connect to it directly`,
            { value },
        )
    );
}

/**
 * A note about proxies that speak TLS themselves, which is rarely meant: most proxies take https requests at their plain port.
 * Undefined if there are none.
 * @param namespace prefix of keys in messages
 */
export function tlsProxyNote(namespace: string, { proxy }: Pick<Settings, "proxy">): string | undefined {
    const keys = (["http", "https"] as const)
        .filter((name) => speaksTls(proxy?.[name]))
        .map((name) => `${namespace}proxy.${name}`);
    return keys.length === 0
        ? undefined
        : `${allOf(keys)} ${keys.length === 1 ? "begins" : "begin"} with https, so the pods connect to the proxy itself by TLS. If its port is plain, as that of most proxies, write http://, also for https addresses`;
}
