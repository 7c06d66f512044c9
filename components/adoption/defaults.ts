import { type DatabaseConfig, engineOf, isServer } from "../database/settings";
import type { SecretStoreConfig } from "../secretStore/settings";
import type { BackendConfig } from "../tiers/backend";
import type { FrontendConfig } from "../tiers/frontend";
import type { WebsocketConfig } from "../websocket/settings";
import type { NamespaceConfig } from "../namespace";
import { type AdoptConfig, adoptedClaim } from "./settings";

interface Settings {
    readonly adopt?: AdoptConfig | undefined;
    readonly backend: BackendConfig;
    readonly database: DatabaseConfig;
    readonly frontend: FrontendConfig;
    readonly namespace: NamespaceConfig;
    readonly secretStore: SecretStoreConfig;
    readonly websocket: WebsocketConfig;
}

/**
 * Applies the settings that `keep:adopt` implies: the chart's namespace, its claim unless another one is set, its
 * labels, and that the Secrets with the credentials of providers are kept.
 */
export function applyAdoption<T extends Settings>(config: T): T {
    const { adopt, database, namespace, secretStore } = config;
    if (adopt === undefined) {
        return config;
    }
    return {
        ...config,
        backend: withChartLabel(config.backend, "backend"),
        frontend: withChartLabel(config.frontend, "frontend"),
        websocket:
            config.websocket.kind === "soketi" ? withChartLabel(config.websocket, "websocket") : config.websocket,
        namespace: { ...namespace, name: adopt.namespace, create: false },
        secretStore:
            secretStore.kind === "kubernetes"
                ? { ...secretStore, namespace: adopt.namespace, removal: false }
                : secretStore,
        database:
            isServer(database) && engineOf(database)?.adoption !== undefined
                ? {
                      ...withChartLabel(database, "database"),
                      volume: { ...database.volume, existingClaim: adoptedClaim(adopt, database), retain: true },
                  }
                : database,
    };
}

/** Adds the chart's label of a component's pods, which users' network policies and queries may use. */
function withChartLabel<T extends { readonly podLabels: Readonly<Record<string, string>> }>(
    settings: T,
    component: string,
): T {
    return { ...settings, podLabels: { "keep-component": component, ...settings.podLabels } };
}
