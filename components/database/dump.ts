import { script } from "./engine";
import { type DatabaseConfig, engineOf } from "./settings";

/**
 * Shell that writes and reads dumps of a database, which `dump.sh` and `restore.sh` of `operations/backup` source as `database.sh`.
 * Empty for an engine without dumps: a rule rejects `keep:backup` there.
 */
export function dumpScript(database: DatabaseConfig): string {
    return database.kind === "sqlite" ? script("dump", "sqlite.sh") : (engineOf(database)?.dumpScript?.() ?? "");
}
