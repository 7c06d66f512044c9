import type { StackConfig } from "./schema";

/** Whether the stack's data outlives the stack: then all that it needs does, too. */
export function isRetained({ backup, database }: Pick<StackConfig, "backup" | "database">): boolean {
    return backup.kind === "volume" || ("volume" in database && database.volume.retain);
}
