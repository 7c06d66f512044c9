import { dirname } from "node:path";

import { runCommand } from "./command";
import { HELP, verify } from "./verify/main";

const args = process.argv.slice(2);

void runCommand(async () => {
    if (args.includes("--help")) {
        console.log(HELP);
        return 0;
    }
    return await verify(args, dirname(__dirname));
});
