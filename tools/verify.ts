import { dirname } from "node:path";

import { userMessage } from "./preview/userError";
import { HELP, verify } from "./verify/main";

async function main(args: readonly string[]): Promise<number> {
    if (args.includes("--help")) {
        console.log(HELP);
        return 0;
    }
    try {
        return await verify(args, dirname(__dirname));
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
