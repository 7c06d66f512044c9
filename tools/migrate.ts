import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { gt, valid } from "semver";

import { parseArguments, runCommand } from "./command";
import { migrate, type Migrated } from "./migrate/migrate";
import { stackName } from "./preview/commandLine";
import { stackFileName } from "./preview/stackFile";
import { UserError } from "./preview/userError";
import { projectVersion } from "./projectVersion";
import { readText } from "./textFile";

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
    // Reads all files before it writes one, so that an error changes none.
    const migrated = files.map((file) => ({ file, ...migrateFile(join(root, file), file, values.from) }));
    const isChecked = values.check === true;
    for (const { file, text, changes, left } of migrated) {
        if (changes.length > 0 && !isChecked) writeFileSync(join(root, file), text);
        for (const line of [...changes, ...left]) console.log(`${file}: ${line}`);
        if (changes.length + left.length === 0) console.log(`${file}: nothing to change.`);
    }
    return migrated.some(({ changes, left }) => left.length > 0 || (isChecked && changes.length > 0)) ? 1 : 0;
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

/** Reads one stack file, and migrates its text. */
function migrateFile(path: string, file: string, from: string | undefined): Migrated {
    const text = readText(path, file);
    try {
        return migrate(text, { from });
    } catch (error) {
        throw error instanceof UserError ? new UserError(`${file} ${error.message}`) : error;
    }
}

if (require.main === module) {
    void runCommand(() => main(process.argv.slice(2), process.cwd()));
}
