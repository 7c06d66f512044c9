import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { documents } from "./docs/documents";

// Writes everything that is generated from the configuration's schema; with --check, tells whether it is up to date.
const root = join(__dirname, "..");
const stale = documents((file) => readFileSync(join(root, file), "utf8")).filter(
    ({ content, present }) => content !== present,
);

if (!process.argv.includes("--check")) {
    for (const { file, content } of stale) {
        writeFileSync(join(root, file), content);
        console.log(`wrote ${file}`);
    }
} else if (stale.length > 0) {
    console.error(
        `Out of date: ${stale.map(({ file }) => file).join(", ")}. Run npm run docs, and commit what it writes.`,
    );
    process.exitCode = 1;
}
