import { script } from "./engine";
import { type DatabaseConfig, engineOf } from "./settings";

/**
 * Shell functions that write and restore dumps. `dump.sh` and `restore.sh` in `components/backup` source them as
 * `database.sh`. Empty for an engine without dumps, for which a rule rejects `keep:backup`.
 */
export function dumpScript(database: DatabaseConfig): string {
    return database.kind === "sqlite" ? script("dump", "sqlite.sh") : (engineOf(database)?.dumpScript?.() ?? "");
}
