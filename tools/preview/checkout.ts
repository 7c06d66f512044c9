import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";

import { UserError } from "./userError";

/** A copy of the project at a git revision. */
export interface Checkout {
    readonly folder: string;
    /** Removes the folder. */
    readonly remove: () => void;
}

/**
 * Copies a git revision to a temporary folder, with the present `tools/`, so that it can preview revisions older than a
 * feature of the tools. Changes nothing in the repository: no branch, worktree or index.
 * @throws UserError if there is no such revision, or no program in it
 */
export function checkOut(root: string, revision: string): Checkout {
    const prefix = gitAnswer(root, ["rev-parse", "--show-prefix"]);
    if (prefix === undefined) {
        throw new UserError(
            "--diff compares with a git revision, but this folder is not a git repository. Run it in a clone",
        );
    }
    const commit = gitAnswer(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
    if (commit === undefined) {
        throw new UserError(
            `--diff ${revision} is not a revision in this repository. In a shallow clone, fetch it first: git fetch origin ${revision}`,
        );
    }
    // The program may be in a folder of a larger repository. Reads only that folder.
    const top = git(root, ["rev-parse", "--show-toplevel"]).trim();
    const tree = prefix === "" ? commit : `${commit}:${prefix.replace(/\/$/, "")}`;

    const temporary = mkdtempSync(join(tmpdir(), "keep-on-pulumi-"));
    const remove = () => {
        process.off("exit", remove);
        rmSync(temporary, { recursive: true, force: true });
    };
    // Also after Ctrl-C.
    process.once("exit", remove);
    try {
        const folder = join(temporary, "checkout");
        const index = { GIT_INDEX_FILE: join(temporary, "index") };
        git(top, ["read-tree", tree], index);
        git(top, ["checkout-index", "--all", `--prefix=${folder}${sep}`], index);
        if (!existsSync(join(folder, "index.ts"))) {
            throw new UserError(`--diff ${revision} has no index.ts. Compare with a revision that has the program`);
        }
        rmSync(join(folder, "tools"), { recursive: true, force: true });
        cpSync(join(root, "tools"), join(folder, "tools"), { recursive: true });
        shareDependencies(root, folder);
        return { folder, remove };
    } catch (error) {
        remove();
        throw error;
    }
}

/** Links node_modules if both revisions have the same package-lock.json. Otherwise, start.mjs installs the packages. */
function shareDependencies(root: string, folder: string): void {
    const lockOf = (path: string) => {
        const file = join(path, "package-lock.json");
        return existsSync(file) ? readFileSync(file, "utf8") : "";
    };
    if (lockOf(root) === lockOf(folder)) {
        symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
    }
}

function gitAnswer(root: string, args: readonly string[]): string | undefined {
    try {
        return git(root, args).trim();
    } catch {
        return undefined;
    }
}

function git(root: string, args: readonly string[], environment: Record<string, string> = {}): string {
    return execFileSync("git", [...args], {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
    });
}
