import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { cacheFolder } from "../cluster/goModules";
import { programs } from "./programs";

const ROOT = join(__dirname, "..", "..");
/** Outside of the repository, whose own packages stay few. */
const CACHE = cacheFolder("examples");

/** Folder of an installed example. */
export function installed(name: string): string {
    return join(CACHE, "programs", name);
}

/**
 * Installs every example as its user would, with the package of this commit and the SDKs of its cloud. All are workspaces of one
 * project, so that what they share is installed once.
 * @throws Error of npm
 */
export function installExamples(): void {
    for (const folder of ["package", "programs"]) {
        rmSync(join(CACHE, folder), { recursive: true, force: true });
    }
    mkdirSync(CACHE, { recursive: true });
    const [packed] = JSON.parse(npm(ROOT, ["pack", "--json", "--pack-destination", CACHE])) as { filename: string }[];
    execFileSync("tar", ["-xzf", packed?.filename ?? ""], { cwd: CACHE });
    // Of a workspace npm would install what is for its development, too.
    edit(join(CACHE, "package"), (manifest) => ({ ...manifest, devDependencies: {} }));
    for (const name of Object.keys(programs)) {
        cpSync(join(ROOT, "examples", name), installed(name), { recursive: true });
        edit(installed(name), ({ dependencies, ...manifest }) => ({
            ...manifest,
            dependencies: { ...dependencies, "keep-on-pulumi": "file:../../package" },
        }));
    }
    const workspaces = ["package", "programs/*"];
    writeFileSync(join(CACHE, "package.json"), JSON.stringify({ private: true, workspaces }));
    npm(CACHE, ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]);
}

interface Manifest {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
}

function edit(folder: string, change: (manifest: Manifest) => Manifest): void {
    const path = join(folder, "package.json");
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, "utf8")) as Manifest)));
}

function npm(cwd: string, args: readonly string[]): string {
    return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
