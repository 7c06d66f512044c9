import { distance } from "fastest-levenshtein";

import { allPaths } from "./knownKeys";
import { presentPath, RENAMED } from "./renamed";

/** As many names as a message lists. */
const LISTED = 12;

/**
 * What to do about a setting that does not exist, as a sentence without its end: the name beside it that is like it, the
 * names beside it if they are few, or settings of that name elsewhere. A name of an earlier version is told by its name now.
 */
export function suggestion(path: readonly string[], siblings: readonly string[], renamed = RENAMED): string {
    const now = presentPath(path, renamed);
    if (now !== undefined) {
        return `It is keep:${now.path.join(".")} since ${now.since}. In a stack file, npm run migrate changes the name`;
    }
    const name = path[path.length - 1] ?? "";
    const far = (other: string) => distance(name.toLowerCase(), other.toLowerCase());
    const [best] = [...siblings].sort((a, b) => far(a) - far(b));
    if (best !== undefined && far(best) <= Math.max(2, name.length / 3)) {
        return `Perhaps you meant keep:${[...path.slice(0, -1), best].join(".")}`;
    }
    if (siblings.length <= LISTED) {
        return `Known are: ${[...siblings].sort().join(", ")}`;
    }
    const elsewhere = allPaths().filter((other) => other[other.length - 1]?.toLowerCase() === name.toLowerCase());
    return elsewhere.length === 0
        ? "See docs/configuration.md for all of them"
        : `Perhaps you meant ${elsewhere
              .slice(0, 3)
              .map((other) => `keep:${other.join(".")}`)
              .join(" or ")}`;
}
