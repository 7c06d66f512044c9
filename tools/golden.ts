import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { messagesOf, messagesPath } from "./golden/messages";
import { goldenOf, goldenPath, goldenStacks } from "./golden/stacks";

const root = join(__dirname, "..");

async function main(): Promise<void> {
    for (const stack of goldenStacks) {
        const path = goldenPath(root, stack);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, await goldenOf(root, stack));
        console.log(path);
    }
    writeFileSync(messagesPath(root), await messagesOf(root));
    console.log(messagesPath(root));
}

void main();
