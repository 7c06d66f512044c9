import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { dumpScript } from "../../components/database/dump";
import { database } from "../../components/database/settings";
import { start } from "./process";
import { pathOf, programs } from "./programs";

/** The scripts of the backup, each set as in the ConfigMap of its database. */
function scriptsOf(kind: "postgres" | "sqlite"): string {
    const directory = mkdtempSync("/tmp/keep-scripts-");
    cpSync(join(__dirname, "../../components/backup"), directory, { recursive: true });
    writeFileSync(join(directory, "database.sh"), dumpScript(database.parse({ kind })));
    return directory;
}

/**
 * Runs a script of the backup, and gives back its output.
 * @param first directories of programs that come before the real ones
 */
export function script(
    kind: "postgres" | "sqlite",
    name: string,
    env: Readonly<Record<string, string>>,
    ...first: readonly string[]
): Promise<string> {
    // Only the scripts of SQLite need Python.
    const python = programs.python === undefined ? [] : [dirname(programs.python)];
    const PATH = [...first, ...python, pathOf("postgres"), "/usr/bin", "/bin"].join(":");
    const directory = scriptsOf(kind);
    return start("sh", [join(directory, name)], { PATH, HOME: "/tmp", NAME: "keep.keep", ...env }).finished();
}
