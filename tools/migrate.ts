import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { gt, valid } from "semver";

import { parseArguments, runCommand } from "./command";
import { migrate } from "./migrate/migrate";
import { stackName } from "./preview/commandLine";
import { stackFileName } from "./preview/stackFile";
import { UserError } from "./preview/userError";
import { projectVersion } from "./projectVersion";

const USAGE = `Rewrites stack files for this version: replaces the old names of renamed settings.

  npm run migrate                            all stack files in this folder
  npm run migrate -- prod --from 0.1.0       one stack file; also keeps the defaults of that version

  --from <version>   version of this project that the stack files are written for
  --check            changes nothing; fails if a file needs a change
  -h, --help         prints this help

Exit codes: 0 success, 1 a change is left to do, 2 an error in a file or on the command line.`;

const OPTIONS = {
    from: { type: "string" },
    check: { type: "boolean" },
    help: { type: "boolean", short: "h" },
} as const;

/** Migrates the stack files in a folder. Returns the exit code. */
export function main(args: readonly string[], root: string): number {
    const { values, positionals } = parseArguments(args, OPTIONS, USAGE);
    if (values.help === true) {
        console.log(USAGE);
        return 0;
    }
    requireVersion(values.from);
    const files =
        positionals.length > 0
            ? positionals.map((stack) => stackFileName(root, stackName(stack)))
            : readdirSync(root).filter((file) => /^Pulumi\..+\.yaml$/.test(file));
    const remaining = files.map((file) => migrateFile(join(root, file), file, values));
    return remaining.some(Boolean) ? 1 : 0;
}

/** Rejects what is no version of this project so far. */
function requireVersion(from: string | undefined): void {
    if (from === undefined) {
        return;
    }
    if (valid(from) === null) {
        throw new UserError(`--from ${from} is not a version. Give one such as 0.1.0.`);
    }
    const version = projectVersion();
    if (gt(from, version)) {
        throw new UserError(
            `--from ${from} is newer than this version, ${version}. Give the version before the upgrade.`,
        );
    }
}

/** Migrates one stack file and prints the changes. Returns whether a change is left to do. */
function migrateFile(
    path: string,
    file: string,
    options: { readonly from?: string; readonly check?: boolean },
): boolean {
    let result;
    try {
        result = migrate(readFileSync(path, "utf8"), { from: options.from });
    } catch (error) {
        throw error instanceof UserError ? new UserError(`${file} ${error.message}`) : error;
    }
    const { text, changes, left } = result;
    const isChecked = options.check === true;
    if (changes.length > 0 && !isChecked) writeFileSync(path, text);
    for (const line of [...changes, ...left]) console.log(`${file}: ${line}`);
    if (changes.length + left.length === 0) console.log(`${file}: nothing to change.`);
    return left.length > 0 || (isChecked && changes.length > 0);
}

if (require.main === module) {
    void runCommand(() => main(process.argv.slice(2), process.cwd()));
}
