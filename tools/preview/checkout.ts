import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";

import { UserError } from "./userError";

/** A revision of the project in a folder of its own. */
export interface Checkout {
    readonly folder: string;
    /** Removes the folder. */
    readonly remove: () => void;
}

/**
 * Lays a revision out in a temporary folder, with today's tools over it, so that also a revision from before a feature of the
 * tools can be previewed. Nothing in the repository changes: no branch, no worktree, no index.
 */
export function checkOut(root: string, revision: string): Checkout {
    const prefix = gitAnswer(root, ["rev-parse", "--show-prefix"]);
    if (prefix === undefined) {
        throw new UserError("--diff compares with a git revision, but this is not a git checkout");
    }
    const commit = gitAnswer(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
    if (commit === undefined) {
        throw new UserError(`${revision} is no git revision here; in a shallow clone, git fetch it first`);
    }
    // As the Pulumi program may lie in a part of a larger repository, only that part is read.
    const top = git(root, ["rev-parse", "--show-toplevel"]).trim();
    const tree = prefix === "" ? commit : `${commit}:${prefix.replace(/\/$/, "")}`;

    const temporary = mkdtempSync(join(tmpdir(), "keep-on-pulumi-"));
    const remove = () => {
        process.off("exit", remove);
        rmSync(temporary, { recursive: true, force: true });
    };
    // Ctrl-C must leave no copy behind.
    process.once("exit", remove);
    try {
        const folder = join(temporary, "checkout");
        const index = { GIT_INDEX_FILE: join(temporary, "index") };
        git(top, ["read-tree", tree], index);
        git(top, ["checkout-index", "--all", `--prefix=${folder}${sep}`], index);
        if (!existsSync(join(folder, "index.ts"))) {
            throw new UserError(`${revision} has no index.ts, so there is nothing to compare with`);
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

/** Uses our node_modules when the revision wants the same; otherwise start.mjs installs its own there. */
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
