import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Sets the range of the package in the template of `pulumi new` and in the examples to `^version`. */
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
