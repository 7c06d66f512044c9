import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { goldenOf, goldenPath, goldenStacks } from "./preview/golden";

const root = join(__dirname, "..");

async function main(): Promise<void> {
    for (const stack of goldenStacks) {
        const path = goldenPath(root, stack);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, await goldenOf(root, stack));
        console.log(path);
    }
}

void main();
