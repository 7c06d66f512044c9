import { dirname } from "node:path";

import { runCommand } from "./command";
import { recordDigests } from "./digests/main";

const check = process.argv.includes("--check");

void runCommand(async () => {
    const isCurrent = await recordDigests(dirname(__dirname), check);
    console.log(
        isCurrent ? "All digests are up to date." : check ? "A digest has changed. Run npm run digests." : "Recorded.",
    );
    return check && !isCurrent ? 1 : 0;
});
