import { engineOf, isServer } from "../database/settings";
import type { StackConfig } from "../settings/schema";
import { adoptedClaim } from "./settings";

/**
 * A configuration with what `keep:adopt` decides in other keys: the chart's namespace; its claim, unless the stack names a copy of
 * it; and that the Secrets which the chart's Keep wrote are kept.
 */
export function applyAdoption(config: StackConfig): StackConfig {
    const { adopt, database, namespace, secretStore } = config;
    if (adopt === undefined) {
        return config;
    }
    return {
        ...config,
        namespace: { ...namespace, name: adopt.namespace, create: false },
        secretStore:
            secretStore.kind === "kubernetes"
                ? { ...secretStore, namespace: adopt.namespace, removal: false }
                : secretStore,
        database:
            isServer(database) && engineOf(database)?.adoption !== undefined
                ? {
                      ...database,
                      volume: { ...database.volume, existingClaim: adoptedClaim(adopt, database), retain: true },
                  }
                : database,
    };
}
