import { adoptedClaim } from "./settings";
import type { StackConfig } from "../settings/schema";

/** What `keep:adopt` decides in other keys: the chart's namespace, its claim unless the stack names a copy of it, and the Secrets that its Keep wrote are kept for good. */
export function withAdoption(config: StackConfig): StackConfig {
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
            database.kind === "mysql" || database.kind === "postgres"
                ? {
                      ...database,
                      volume: { ...database.volume, existingClaim: adoptedClaim(adopt, database), retain: true },
                  }
                : database,
    };
}
