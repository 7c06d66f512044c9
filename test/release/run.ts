import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { REGISTRY_FOLDER, REGISTRY_PROGRAM, REGISTRY_VERSION } from "./registry";

/** What the rehearsal needs and this machine lacks, in one line; undefined when it can run. */
function missing(): string | undefined {
    for (const program of ["git", "tar"]) {
        if (spawnSync(program, ["--version"]).status !== 0) return `there is no ${program} on the PATH.`;
    }
    if (existsSync(REGISTRY_PROGRAM)) return undefined;
    mkdirSync(REGISTRY_FOLDER, { recursive: true });
    const dependencies = { verdaccio: REGISTRY_VERSION };
    // One of its plugins names this package by a tag, which copies of npm's registry may lack.
    const overrides = { "node-fetch": "2.7.0" };
    writeFileSync(join(REGISTRY_FOLDER, "package.json"), JSON.stringify({ private: true, dependencies, overrides }));
    return spawnSync("npm", ["install"], { cwd: REGISTRY_FOLDER, stdio: "ignore" }).status === 0
        ? undefined
        : `npm cannot install verdaccio ${REGISTRY_VERSION}, the registry that the package is published to.`;
}

const reason = missing();
if (reason === undefined) {
    const mocha = createRequire(__filename).resolve("mocha/bin/mocha.js");
    const args = [mocha, "--config", join(__dirname, "mocharc.json"), ...process.argv.slice(2)];
    process.exitCode = spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;
} else {
    console.error(`The release cannot be rehearsed: ${reason}`);
    process.exitCode = 1;
}
