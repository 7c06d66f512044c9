import type { StackConfig } from "./schema";

/**
 * Whether volumes with data are retained when the stack is destroyed. Then everything that they need is retained too.
 */
export function isRetained({ backup, database }: Pick<StackConfig, "backup" | "database">): boolean {
    return backup.kind === "volume" || ("volume" in database && database.volume.retain);
}
