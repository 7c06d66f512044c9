import type { Engine } from "../database/engine";
import { type DatabaseConfig, engineOf } from "../database/settings";
import { CONFIG_MAP_LIMIT } from "../fields/configMap";
import { type Issue, issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { plainCredentials } from "./credentials";
import { duplicates, tooLong } from "./database";
import {
    dataOf,
    extensionsOf,
    filesIn,
    isDirectory,
    leadsOutside,
    type Problem,
    unreadDirectories,
    unreadNames,
} from "./files";
import { type Kind, KIND_NAMES } from "./kinds";
import type { ProvisionConfig } from "./settings";

/** The files of `keep:provision`: Keep itself only logs a file that it cannot read, and continues without it. */
export const provisionRules: readonly Rule<{
    readonly provision: ProvisionConfig;
    readonly database: DatabaseConfig;
}>[] = [({ provision, database }) => KIND_NAMES.flatMap((kind) => problemsIn(kind, provision, engineOf(database)))];

function problemsIn(kind: Kind, provision: ProvisionConfig, engine: Engine | undefined): Issue[] {
    const directory = provision[kind];
    if (directory === undefined) {
        return [];
    }
    const path = ["provision", kind];
    if (!isDirectory(directory)) {
        const message =
            "is not a directory, or cannot be read. To delete what its files created, create it with an empty file .gitkeep. Otherwise remove the setting";
        return [issue(path, message, { value: directory })];
    }
    if (leadsOutside(directory)) {
        const message = "leads out of this repository through a link. Move the directory into the repository";
        return [issue(path, message, { value: directory })];
    }
    const { valid, problems: ofFiles } = filesIn(kind, directory);
    const isEmpty = ofFiles.length + valid.length === 0;
    const others = isEmpty ? unreadNames(directory) : unreadDirectories(directory, readBy(provision));
    const overlooked = isEmpty ? onlyOthers : alsoDirectories;
    const problems = [
        ...(others.length > 0 ? [{ value: directory, message: overlooked(kind, others) }] : []),
        ...ofFiles,
        ...duplicates(kind, valid, engine),
        ...valid.flatMap((file) => [...tooLong(kind, file, engine), ...plainCredentials(kind, file)]),
    ];
    return (problems.length > 0 ? problems : tooLarge(directory, dataOf(kind, valid))).map((problem) => ({
        path,
        ...problem,
    }));
}

/** Directories of all kinds. */
function readBy(provision: ProvisionConfig): string[] {
    return KIND_NAMES.flatMap((kind) => provision[kind] ?? []);
}

/** Keep deletes what it has provisioned before, if a directory has no file, so one with other files may not be overlooked. */
function onlyOthers(kind: Kind, names: readonly string[]): string {
    return `contains no file that is read, but only ${listed(names)}. Put files that end in ${extensionsOf(kind).join(" or ")} directly into this directory, or leave only .gitkeep in it to delete what its files created`;
}

/** Of a directory with files of its own. */
function alsoDirectories(kind: Kind, names: readonly string[]): string {
    return `is read without its subdirectories, but ${listed(names)} contains files. Put those that end in ${extensionsOf(kind).join(" or ")} directly into this directory, and move the others out`;
}

function listed(names: readonly string[]): string {
    const some = names.slice(0, 3).join(", ");
    return names.length > 3 ? `${some} and ${names.length - 3} others` : some;
}

function tooLarge(directory: string, data: Readonly<Record<string, string>>): Problem[] {
    const size = Buffer.byteLength(Object.values(data).join(""));
    const kibibytes = (bytes: number) => Math.ceil(bytes / 1024);
    return size <= CONFIG_MAP_LIMIT
        ? []
        : [
              {
                  value: directory,
                  message: `has ${kibibytes(size)} KiB of content, but a ConfigMap holds at most ${kibibytes(CONFIG_MAP_LIMIT)} KiB. Remove some files`,
              },
          ];
}
