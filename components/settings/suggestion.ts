import { nearest } from "../fields/nearest";
import { secretKeys } from "../secrets/settings";
import { chartKeyFix } from "./chartKeys";
import { allPaths } from "./knownKeys";
import { presentPath, RENAMED } from "./renamed";

/** Maximum number of names that a message lists. */
const LISTED = 12;

/**
 * The fix for an unknown setting, as a sentence without a full stop: the new name of a renamed setting, the object of a
 * name with dots, as pulumi config set writes it without --path, the secret of the same words, the setting for a key of Helm charts,
 * a similar name of the same object, all names of the
 * object if there are few, or settings with this name in other objects.
 */
export function suggestion(
    path: readonly string[],
    siblings: readonly string[],
    { hasKind = true, renamed = RENAMED } = {},
): string {
    const now = presentPath(path, renamed);
    if (now !== undefined) {
        return `It was renamed to keep:${now.path.join(".")} in ${now.since}. To rename it in stack files, run npm run migrate`;
    }
    const name = path[path.length - 1] ?? "";
    const secret = Object.keys(secretKeys).find((key) => key.toLowerCase() === path.join("").toLowerCase());
    if (secret !== undefined && path.length > 1) {
        return `Perhaps you meant keep:${secret}`;
    }
    const [object = "", ...fields] = name.split(".");
    if (fields.length > 0 && siblings.includes(object)) {
        const outer = [...path.slice(0, -1), object].join(".");
        return `Write ${fields.join(".")} as a field of keep:${outer} (pulumi config set needs --path for it)`;
    }
    const ofChart = chartKeyFix(path, siblings, hasKind);
    if (ofChart !== undefined) {
        return ofChart;
    }
    const best = nearest(name, siblings);
    if (best !== undefined) {
        return `Perhaps you meant keep:${[...path.slice(0, -1), best].join(".")}`;
    }
    if (siblings.length <= LISTED) {
        return `Use one of ${[...siblings].sort().join(", ")}`;
    }
    if (allPaths().some((other) => other.join(".") === path.join(".").replace(/^extraIngresses\.\d+\./, ""))) {
        return "Other kinds have it, but this one does not. Remove it, or choose another kind";
    }
    const elsewhere = allPaths().filter((other) => other[other.length - 1]?.toLowerCase() === name.toLowerCase());
    return elsewhere.length === 0
        ? "See docs/configuration.md for all settings"
        : `Perhaps you meant ${elsewhere
              .slice(0, 3)
              .map((other) => `keep:${other.join(".")}`)
              .join(" or ")}`;
}
