import type * as z from "zod";

import type { Engine } from "../database/engine";
import { type DatabaseConfig, engineOf } from "../database/settings";
import { CONFIG_MAP_LIMIT } from "../fields/configMap";
import { type Issue, issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { duplicates, type Problem, tooLong, type Valid } from "./database";
import { dataOf, isDirectory, leadsOutside, namesIn, parseFile, read } from "./files";
import { type Kind, KIND_NAMES, kindOf } from "./kinds";
import type { ProvisionConfig } from "./settings";
import { subject } from "./yamlErrors";

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
    const files = namesIn(directory).map((name) => problemsOfFile(kind, directory, name));
    const valid = files.flatMap((file) => ("content" in file ? [file] : []));
    const problems = [
        ...files.flatMap((file) => ("content" in file ? [] : file.problems)),
        ...duplicates(kind, valid, engine),
        ...valid.flatMap((file) => tooLong(kind, file, engine)),
    ];
    return (problems.length > 0 ? problems : tooLarge(kind, directory)).map((problem) => ({ path, ...problem }));
}

function problemsOfFile(kind: Kind, directory: string, name: string): Valid | { readonly problems: Problem[] } {
    const path = `${directory}/${name}`;
    const file = read(kind, directory, name);
    if ("error" in file) {
        return { problems: [{ value: path, message: file.error }] };
    }
    const { content, errors, lineOf } = parseFile(kind, file.text);
    if (errors.length > 0) {
        return { problems: errors.map(({ line, message }) => ({ value: `${path}:${line}`, message })) };
    }
    const result = kindOf(kind).shape.safeParse(content);
    return result.success
        ? { path, content: { ...result.data }, whole: content, lineOf }
        : {
              problems: result.error.issues.map(innermost).map(({ path: field, message }) => ({
                  value: `${path}:${lineOf(field)}`,
                  message: `${subject(field)} ${message}`,
              })),
          };
}

function tooLarge(kind: Kind, directory: string): Problem[] {
    const size = Buffer.byteLength(Object.values(dataOf(kind, directory)).join(""));
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

/** The issue of the first variant that says where it differs. */
function innermost(found: z.core.$ZodIssue): Pick<z.core.$ZodIssue, "path" | "message"> {
    const [first] = found.code === "invalid_union" ? found.errors.flat().filter(({ path }) => path.length > 0) : [];
    return first === undefined ? found : { message: first.message, path: [...found.path, ...first.path] };
}
