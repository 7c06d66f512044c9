import { dirname } from "node:path";

import { recordDigests } from "./digests/main";
import { userMessage } from "./preview/userError";

const check = process.argv.includes("--check");

recordDigests(dirname(__dirname), check).then(
    (isCurrent) => {
        console.log(
            isCurrent ? "The digests are those of the registries." : check ? "A digest has changed." : "Recorded.",
        );
        process.exitCode = check && !isCurrent ? 1 : 0;
    },
    (error: unknown) => {
        const message = userMessage(error);
        if (message === undefined) throw error;
        console.error(message);
        process.exitCode = 2;
    },
);
