// Makes dist/: what a program has that imports the package. npm runs it when it packs (`prepack`), and when another
// program installs the repository (`prepare`); not at an installation in the repository itself, where nothing imports dist/.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiler = join(root, "node_modules", "typescript-native", "bin", "tsc");
const isOwnInstallation = resolve(process.env.INIT_CWD ?? root) === root;
// Pulumi installs a plugin without what is for development only, and the plugin needs no dist/.
const isNeeded = !isOwnInstallation && existsSync(compiler);

if (!process.argv.includes("--as-dependency") || isNeeded) {
    build(join(root, "dist"));
}

function build(target) {
    rmSync(target, { recursive: true, force: true });
    execFileSync(process.execPath, [compiler, "-p", join(root, "tsconfig.package.json")], { stdio: "inherit" });
    // Scripts that run in pods stand beside the code that puts them there.
    cpSync(join(root, "components"), join(target, "components"), {
        recursive: true,
        filter: (file) => !file.endsWith(".ts"),
    });
}
