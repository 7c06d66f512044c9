import { dirname } from "node:path";

import { runCommand } from "./command";
import { exportContent, HELP } from "./export/main";

const args = process.argv.slice(2);

void runCommand(async () => {
    if (args.includes("--help")) {
        console.log(HELP);
        return 0;
    }
    console.log((await exportContent(args, dirname(__dirname))).join("\n"));
    return 0;
});
