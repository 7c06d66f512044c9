#!/usr/bin/env node
// `npm start`: installs missing packages, then runs preview/main.ts. Plain JavaScript, because it runs before packages
// are installed.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { install, isStale, isSupported } from "./dependencies.mjs";
import { loadLeanly } from "./lean.mjs";
import { requireTypeScript } from "./typescript.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { node } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines;

/**
 * Versions of Node that can `require` ES modules, as this program does. For versions that Pulumi's SDK does not
 * support, npm prints a warning.
 */
const LOADING = "^20.19.0 || >=22.12.0";

if (!isSupported(LOADING, process.versions.node)) {
    process.stderr.write(
        `This is Node ${process.versions.node}; Keep-on-Pulumi needs ${node}. See https://nodejs.org\n`,
    );
    process.exit(2);
}
if (isStale(root) && !install(root)) {
    process.stderr.write("npm ci failed. The error is printed above.\n");
    process.exit(2);
}

// `npm start -- --list-images | head -1` closes the pipe early, which is not an error.
process.stdout.on("error", (error) => {
    if (error.code !== "EPIPE") {
        process.stderr.write(`${error.message}\n`);
        process.exit(2);
    }
});
// Temporary folders are removed on `exit`, an event that Node does not emit when a signal ends the process.
for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
]) {
    process.once(signal, () => process.exit(code));
}
const traces = process.argv.includes("--debug");
const require = requireTypeScript(import.meta.url, { traces });
loadLeanly(require, { traces });
const { main } = require("./preview/main.ts");
const { stdout, stderr, env: environment } = process;
process.exitCode = await main(process.argv.slice(2), { root, stdout, stderr, environment });
