import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The script by which a server takes over a password that has changed, as it is given to the shell. */
export function passwordScript(engine: "mysql" | "postgres"): string {
    return readFileSync(join(__dirname, "password", `${engine}.sh`), "utf8");
}
