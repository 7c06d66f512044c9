// Creates dist/, which programs import from the package. npm runs this file to pack the package (`prepack`), and when
// another program installs it from git (`prepare`). `npm ci` in the repository itself skips it, because nothing there
// imports dist/.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiler = join(root, "node_modules", "typescript-native", "bin", "tsc");
const isOwnInstallation = resolve(process.env.INIT_CWD ?? root) === root;
// Pulumi installs a plugin without development dependencies, and the plugin does not use dist/.
const isNeeded = !isOwnInstallation && existsSync(compiler);

if (!process.argv.includes("--as-dependency") || isNeeded) {
    build(join(root, "dist"));
}

function build(target) {
    rmSync(target, { recursive: true, force: true });
    execFileSync(process.execPath, [compiler, "-p", join(root, "tsconfig.package.json")], { stdio: "inherit" });
    // The scripts that run in pods are read from the folder of the code that mounts them.
    cpSync(join(root, "components"), join(target, "components"), {
        recursive: true,
        filter: (file) => !file.endsWith(".ts"),
    });
}
