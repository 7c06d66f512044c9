import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Lets the template of `pulumi new` and the examples require a version of the package, or a later one that changes stacks in place. */
export function requireInPrograms(root: string, version: string): void {
    for (const path of ["templates", "examples"].flatMap((folder) => manifestsIn(join(root, folder)))) {
        writeFileSync(path, readFileSync(path, "utf8").replace(/("keep-on-pulumi": ")[^"]*/, `$1^${version}`));
    }
}

function manifestsIn(folder: string): string[] {
    return readdirSync(folder)
        .map((program) => join(folder, program, "package.json"))
        .filter((path) => existsSync(path));
}
