import { existsSync } from "node:fs";

import type * as z from "zod";

import { CONFIG_MAP_LIMIT } from "../fields/configMap";
import { type Issue, issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { dataKey } from "../fields/vocabulary";
import { dataOf, filesOf, isDirectory, namesOf, parse } from "./files";
import { type Kind, KIND_NAMES, kindOf } from "./kinds";
import type { ProvisionConfig } from "./settings";

/** The files of `keep:provision`: Keep itself only logs a file that it cannot read, and goes on without it. */
export const provisionRules: readonly Rule<{ readonly provision: ProvisionConfig }>[] = [
    ({ provision }) => KIND_NAMES.flatMap((kind) => problemsIn(kind, provision[kind])),
];

function problemsIn(kind: Kind, directory: string | undefined): Issue[] {
    const path = ["provision", kind];
    if (directory === undefined) {
        return [];
    }
    if (!isDirectory(directory)) {
        return [
            issue(path, "does not exist or is not a directory. Create it, or remove the setting", { value: directory }),
        ];
    }
    const misnamed = namesOf(kind, directory).flatMap((name) => nameProblem(kind, directory, name));
    if (misnamed.length > 0) {
        return misnamed;
    }
    const files = filesOf(kind, directory);
    if (Object.keys(files).length === 0) {
        const names = kindOf(kind).extension === "yaml" ? ".yaml or .yml" : ".json";
        return [issue(path, `has no ${names} file. Add one, or remove the setting`, { value: directory })];
    }
    const names = new Map<string, string>();
    const problems = Object.entries(files).flatMap(([file, text]) =>
        problemsOfFile(kind, text, `${directory}/${file}`, names).map((problem) => ({ path, ...problem })),
    );
    return problems.length > 0 ? problems : tooLarge(kind, directory);
}

/** A name that leads to no file, or that no ConfigMap takes as a key. */
function nameProblem(kind: Kind, directory: string, name: string): Issue[] {
    const isKey = kindOf(kind).variable === undefined || dataKey.safeParse(name).success;
    const value = `${directory}/${name}`;
    const message = !existsSync(value)
        ? "is a link to a file that does not exist. Correct the link, or remove it"
        : !isKey &&
          "has a name that a ConfigMap cannot hold. Rename it with letters, digits, dashes, dots and underscores";
    return message === false ? [] : [issue(["provision", kind], message, { value })];
}

function tooLarge(kind: Kind, directory: string): Issue[] {
    const size = Buffer.byteLength(Object.values(dataOf(kind, directory)).join(""));
    const kibibytes = (bytes: number) => Math.ceil(bytes / 1024);
    return size <= CONFIG_MAP_LIMIT
        ? []
        : [
              issue(
                  ["provision", kind],
                  `holds ${kibibytes(size)} KiB, and no more than ${kibibytes(CONFIG_MAP_LIMIT)} reach Keep. Take some files out`,
                  { value: directory },
              ),
          ];
}

function problemsOfFile(kind: Kind, text: string, path: string, names: Map<string, string>): Omit<Issue, "path">[] {
    const { content, error, lineOf } = parse(text);
    if (error !== undefined) {
        return [{ value: `${path}:${error.line}`, message: `cannot be read: ${error.reason}. Correct it` }];
    }
    const { shape, nameOf } = kindOf(kind);
    const result = shape.safeParse(content);
    if (!result.success) {
        return result.error.issues.map(innermost).map(({ path: field, message }) => ({
            value: `${path}:${lineOf(field)}`,
            message: `${field.length === 0 ? "" : `is not as Keep reads it: ${field.map(String).join(".")} `}${message}. Correct it`,
        }));
    }
    const name = nameOf(result.data as Readonly<Record<string, unknown>>);
    const other = names.get(name);
    names.set(name, path);
    return other === undefined
        ? []
        : [
              {
                  value: path,
                  message: `has the same name as ${other} (${name}), and would overwrite it. Rename one`,
              },
          ];
}

/** The issue of the first variant that says where it differs. */
function innermost(found: z.core.$ZodIssue): Pick<z.core.$ZodIssue, "path" | "message"> {
    const [first] = found.code === "invalid_union" ? found.errors.flat().filter(({ path }) => path.length > 0) : [];
    return first === undefined ? found : { message: first.message, path: [...found.path, ...first.path] };
}
