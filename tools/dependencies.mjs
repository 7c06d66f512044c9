import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether a version of Node satisfies a range such as `^20.19.0 || >=22.12.0`. Runs before packages are installed, so
 * it cannot use semver.
 */
export function isSupported(range, version) {
    const [major, minor, patch] = version.split(".").map(Number);
    return range.split("||").some((part) => {
        const [, operator, ...wanted] = /(\^|>=)\s*(\d+)\.(\d+)\.(\d+)/.exec(part) ?? [];
        const [wantedMajor, wantedMinor, wantedPatch] = wanted.map(Number);
        if (major !== wantedMajor) {
            return operator === ">=" && major > wantedMajor;
        }
        return minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch);
    });
}

/**
 * Whether the installed packages differ from package-lock.json. Those that are installed in another folder are taken as they are, because
 * `npm ci` would delete them through the link.
 */
export function isStale(root) {
    const packages = join(root, "node_modules");
    const installedLock = join(packages, ".package-lock.json");
    const lock = join(root, "package-lock.json");
    if (!existsSync(installedLock)) {
        return true;
    }
    if (lstatSync(packages).isSymbolicLink()) {
        return false;
    }
    // Not the times of the files: a checkout updates that of an unchanged file, and `npm ci --omit=dev` omits packages.
    const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
    const installed = packagesOf(installedLock);
    return Object.entries(packagesOf(lock)).some(([path, { version, optional }]) =>
        installed[path] === undefined ? path !== "" && !optional : installed[path].version !== version,
    );
}

/**
 * Runs `npm ci`. Returns whether it succeeded. Its output goes to stderr, because stdout is for the output of the
 * command.
 */
export function install(root) {
    process.stderr.write("Installing dependencies (npm ci), now and after each change of package-lock.json…\n");
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    const options = { cwd: root, stdio: ["ignore", 2, 2] };
    const npm = process.env.npm_execpath;
    // Yarn and pnpm set the variable to their own path.
    const { status } = /(^|[\\/])npm(-cli)?\.js$/.test(npm ?? "")
        ? spawnSync(process.execPath, [npm, ...args], options)
        : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
    return status === 0;
}
