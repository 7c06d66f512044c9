import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { documents } from "./docs/documents";

const root = join(__dirname, "..");

/** Writes the generated documents that have changed. With --check, only lists them and fails. */
async function main(): Promise<void> {
    const stale: string[] = [];
    for (const { file, generate } of documents) {
        const path = join(root, file);
        const present = existsSync(path) ? readFileSync(path, "utf8") : "";
        const content = await generate(present);
        if (content !== present) {
            stale.push(file);
        }
        if (content !== present && !process.argv.includes("--check")) {
            writeFileSync(path, content);
            console.log(`wrote ${file}`);
        }
    }
    if (stale.length > 0 && process.argv.includes("--check")) {
        console.error(`Out of date: ${stale.join(", ")}. Run npm run docs, and commit the result.`);
        process.exitCode = 1;
    }
}

void main();
