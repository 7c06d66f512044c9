import { dirname } from "node:path";

import { runCommand } from "./command";
import { HELP, render } from "./render/main";

const args = process.argv.slice(2);

void runCommand(async () => {
    if (args.includes("--help")) {
        console.log(HELP);
        return 0;
    }
    console.log(await render(args, dirname(__dirname)));
    return 0;
});
