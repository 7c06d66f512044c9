import { dirname } from "node:path";

import { exportContent, HELP } from "./export/main";
import { userMessage } from "./preview/userError";

async function main(args: readonly string[]): Promise<number> {
    if (args.includes("--help")) {
        console.log(HELP);
        return 0;
    }
    try {
        console.log((await exportContent(args, dirname(__dirname))).join("\n"));
        return 0;
    } catch (error) {
        const message = userMessage(error);
        if (message === undefined) {
            throw error;
        }
        console.error(message);
        return 2;
    }
}

void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
});
