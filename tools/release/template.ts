import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Lets the template of `pulumi new` require a version of the package, or a later one that changes stacks in place. */
export function requireInTemplate(root: string, version: string): void {
    const path = join(root, "templates", "typescript", "package.json");
    writeFileSync(path, readFileSync(path, "utf8").replace(/("keep-on-pulumi": ")[^"]*/, `$1^${version}`));
}
