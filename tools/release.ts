import { readFileSync } from "node:fs";
import { join } from "node:path";

import { writeAssets } from "./release/assets";
import { incrementProblem } from "./release/increment";
import { record } from "./release/record";
import { requireInTemplate } from "./release/template";

const root = join(__dirname, "..");

/** What the release tool (`.release-it.json`) and the release workflow call. */
async function main([command, ...args]: readonly string[]): Promise<void> {
    const [first = "", second = ""] = args;
    switch (command) {
        case "check": {
            const problem = incrementProblem(readFileSync(join(root, "CHANGELOG.md"), "utf8"), first, second);
            if (problem === undefined) return;
            console.error(problem);
            process.exitCode = 1;
            return;
        }
        case "prepare":
            await record(root, first);
            requireInTemplate(root, first);
            return;
        case "assets":
            await writeAssets(root, first, second);
            return;
        default:
            console.error("tools/release.ts check <last> <next> | prepare <version> | assets <tag> <folder>");
            process.exitCode = 2;
    }
}

void main(process.argv.slice(2));
