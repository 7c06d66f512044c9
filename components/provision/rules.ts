import type { Engine } from "../database/engine";
import { type DatabaseConfig, engineOf } from "../database/settings";
import { CONFIG_MAP_LIMIT } from "../fields/configMap";
import { type Issue, issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { duplicates, tooLong } from "./database";
import { dataOf, filesIn, isDirectory, leadsOutside, type Problem } from "./files";
import { type Kind, KIND_NAMES } from "./kinds";
import type { ProvisionConfig } from "./settings";

/** The files of `keep:provision`: Keep itself only logs a file that it cannot read, and continues without it. */
export const provisionRules: readonly Rule<{
    readonly provision: ProvisionConfig;
    readonly database: DatabaseConfig;
}>[] = [
    ({ provision, database }) => KIND_NAMES.flatMap((kind) => problemsIn(kind, provision[kind], engineOf(database))),
];

function problemsIn(kind: Kind, directory: string | undefined, engine: Engine | undefined): Issue[] {
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
    const problems = [
        ...ofFiles,
        ...duplicates(kind, valid, engine),
        ...valid.flatMap((file) => tooLong(kind, file, engine)),
    ];
    return (problems.length > 0 ? problems : tooLarge(directory, dataOf(kind, valid))).map((problem) => ({
        path,
        ...problem,
    }));
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
