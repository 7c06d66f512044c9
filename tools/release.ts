import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { runCommand } from "./command";
import { SCHEMA_FILE, schemaText } from "./docs/stackSchema";
import { writeAssets } from "./release/assets";
import { incrementProblem } from "./release/increment";
import { record } from "./release/record";
import { requireInPrograms } from "./release/programs";
import { recordState } from "./release/renderedStack";

const root = join(__dirname, "..");

/** Commands for `.release-it.json` and the release workflow. */
async function main([command, ...args]: readonly string[]): Promise<number> {
    const [first = "", second = ""] = args;
    switch (command) {
        case "check": {
            const problem = incrementProblem(readFileSync(join(root, "CHANGELOG.md"), "utf8"), first, second);
            if (problem === undefined) return 0;
            console.error(problem);
            return 1;
        }
        case "prepare":
            await record(root, first);
            recordState(root);
            requireInPrograms(root, first);
            writeFileSync(join(root, SCHEMA_FILE), schemaText());
            return 0;
        case "assets":
            await writeAssets(root, first, second);
            return 0;
        default:
            console.error("tools/release.ts check <last> <next> | prepare <version> | assets <tag> <folder>");
            return 2;
    }
}

void runCommand(() => main(process.argv.slice(2)));
