import { spawnSync } from "node:child_process";

import { runCommand } from "./command";

const AUDIT = ["audit", "--omit=dev", "--audit-level=high"];

/** Exit code if the registry gives no answer. npm's own code for findings is 1. */
const NOT_AUDITED = 2;

/**
 * Runs `npm audit` on the production dependencies. npm exits with 1 also if the registry has no audit service; its JSON
 * then has no `metadata`.
 */
function main(): number {
    const { stdout } = spawnSync("npm", [...AUDIT, "--json"], { encoding: "utf8" });
    const { message, metadata } = JSON.parse(stdout) as { message?: string; metadata?: object };
    if (metadata === undefined) {
        console.error(`The packages were not audited: ${message ?? "npm's registry gave no answer"}.`);
        return NOT_AUDITED;
    }
    return spawnSync("npm", AUDIT, { stdio: "inherit" }).status ?? NOT_AUDITED;
}

void runCommand(main);
