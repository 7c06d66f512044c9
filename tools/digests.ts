import { dirname } from "node:path";

import { parseArguments, runCommand } from "./command";
import { recordDigests } from "./digests/main";
import { UserError } from "./preview/userError";

void runCommand(async () => {
    const { values, positionals } = parseArguments(
        process.argv.slice(2),
        { check: { type: "boolean" } },
        "npm run digests [-- --check]",
    );
    if (positionals.length > 0) {
        throw new UserError(`${positionals.join(" ")}: the command takes no arguments. Did you mean --check?`);
    }
    const check = values.check === true;
    const isCurrent = await recordDigests(dirname(__dirname), check);
    console.log(
        isCurrent ? "All digests are up to date." : check ? "A digest has changed. Run npm run digests." : "Recorded.",
    );
    return check && !isCurrent ? 1 : 0;
});
