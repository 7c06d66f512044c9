import { dirname } from "node:path";

import { RunError } from "@pulumi/pulumi";

import { UserError } from "./preview/userError";
import { HELP, render } from "./render/main";

async function main(args: readonly string[]): Promise<number> {
    if (args.includes("--help")) {
        console.log(HELP);
        return 0;
    }
    try {
        console.log(await render(args, dirname(__dirname)));
        return 0;
    } catch (error) {
        if (error instanceof UserError || RunError.isInstance(error)) {
            console.error(error.message);
            return 2;
        }
        throw error;
    }
}

void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
});
