import { spawnSync } from "node:child_process";

import { runCommand } from "./command";

const AUDIT = ["audit", "--omit=dev", "--audit-level=high"];

/** Exit code where the registry gives no answer, which says nothing about the packages; npm's own code for findings is 1. */
const NOT_AUDITED = 2;

/** `npm audit` of what is installed with the package. npm ends with 1 as well where the registry has no such service. */
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
