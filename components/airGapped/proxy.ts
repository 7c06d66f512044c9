import { componentsWith } from "../component";
import { IDENTITY_SERVERS } from "../fields/traffic";
import { type Release, scopeOf } from "../naming";
import type { KeepConfig } from "../settings/resolve";
import type { TierEnv } from "../tiers/settings";

/**
 * Adds `keep:proxy` to the environment of the tiers that connect to external hosts. The variables are in upper and
 * lower case, because programs differ in which they read. `env` of a tier takes precedence.
 */
export function withProxy(config: KeepConfig, release: Release): KeepConfig {
    const { proxy } = config;
    if (proxy === undefined) {
        return config;
    }
    const values = {
        ...(proxy.http === undefined ? {} : { HTTP_PROXY: proxy.http }),
        ...(proxy.https === undefined ? {} : { HTTPS_PROXY: proxy.https }),
        NO_PROXY: [...directHosts(release), ...proxy.noProxy].join(","),
    };
    const env: TierEnv = Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) => [
            [name, value],
            [name.toLowerCase(), value],
        ]),
    );
    const { backend, consumer, worker, frontend } = config;
    return {
        ...config,
        backend: { ...backend, env: withOwn(env, backend.env) },
        consumer: { ...consumer, env: withOwn(env, consumer.env) },
        worker: { ...worker, env: withOwn(env, worker.env) },
        frontend: { ...frontend, env: withOwn(env, frontend.env) },
    };
}

/** Variables with those of a tier, each of which replaces the one of its name in both cases. */
function withOwn(env: TierEnv, own: TierEnv): TierEnv {
    const replaced = new Set(Object.keys(own).map((name) => name.toUpperCase()));
    const kept = Object.entries(env).filter(([name]) => !replaced.has(name.toUpperCase()));
    return { ...Object.fromEntries(kept), ...own };
}

/**
 * Hosts for which the proxy is not used: the pod itself, the release's Services by their short names, the cluster and
 * its API server, and the servers on nodes that give pods their cloud identity.
 */
function directHosts(release: Release): string[] {
    const services = componentsWith("service")
        .map((component) => scopeOf(release, component).name)
        .sort();
    // Kubernetes expands this variable to the address of its API server, which the Kubernetes client uses instead of a
    // name.
    const apiServer = ["kubernetes.default.svc", "$(KUBERNETES_SERVICE_HOST)"];
    return ["localhost", "127.0.0.1", "::1", ".svc", ".cluster.local", ...services, ...apiServer, ...IDENTITY_SERVERS];
}
