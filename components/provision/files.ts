import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { extname, isAbsolute, join, relative, resolve, sep } from "node:path";

import type * as z from "zod";

import { CONFIG_MAP_LIMIT } from "../fields/configMap";
import type { Issue } from "../fields/issue";
import { dataKey } from "../fields/vocabulary";
import { type Kind, kindOf } from "./kinds";
import { type Parsed, parse, stringify } from "./yaml";
import { subject } from "./yamlErrors";

type Content = Readonly<Record<string, unknown>>;

/** A file whose shape is valid. */
export interface Valid extends Pick<Parsed, "lineOf"> {
    readonly name: string;
    readonly path: string;
    /** What its shape knows, with defaults. */
    readonly content: Content;
    /** Everything that it contains. */
    readonly whole: Content;
}

/** An issue of a file. */
export type Problem = Pick<Issue, "value" | "message">;

/** Whether a path is that of a directory that can be read. */
export function isDirectory(path: string): boolean {
    try {
        readdirSync(path);
        return true;
    } catch {
        return false;
    }
}

/**
 * Whether a relative path, once its links are followed, is outside the project. Settings are always relative; commands pass absolute
 * paths of a project that is not the current folder.
 */
export function leadsOutside(path: string): boolean {
    if (isAbsolute(path)) {
        return false;
    }
    const [first = ""] = relative(realpathSync("."), realpathSync(path)).split(sep);
    return first === ".." || isAbsolute(first);
}

/** A file of any kind. */
const HAS_EXTENSION = /\.(ya?ml|json)$/i;

/** Names in a directory, in order, that have the extension of any kind; other files may be beside them. */
function namesIn(directory: string): string[] {
    return readdirSync(directory)
        .filter((name) => HAS_EXTENSION.test(name))
        .sort();
}

/** Names in a directory, in order, of what is not read, except for hidden files, notes and empty directories. */
export function unreadNames(directory: string): string[] {
    const isIgnored = (name: string) =>
        /^\.|^(README|LICENSE|CODEOWNERS)\b|\.md$/i.test(name) ||
        (statSync(join(directory, name), { throwIfNoEntry: false })?.isDirectory() === true &&
            readdirSync(join(directory, name)).length === 0);
    return readdirSync(directory)
        .filter((name) => !isIgnored(name))
        .sort();
}

/**
 * Subdirectories that contain files with the extension of any kind, which are not read, except for those that are
 * directories of kinds themselves, or contain one.
 * @param read directories of all kinds
 */
export function unreadDirectories(directory: string, read: readonly string[]): string[] {
    const places = read.map((place) => resolve(place) + sep);
    return unreadNames(directory).filter((name) => {
        const path = join(directory, name);
        return (
            isDirectory(path) &&
            !places.some((place) => place.startsWith(resolve(path) + sep)) &&
            readdirSync(path, { encoding: "utf8", recursive: true }).some((inner) => HAS_EXTENSION.test(inner))
        );
    });
}

/** Extensions of the files of a kind. */
export function extensionsOf(kind: Kind): readonly string[] {
    return kindOf(kind).extension === "yaml" ? [".yaml", ".yml"] : [".json"];
}

/** Text of a file of a kind, or why it has none: the rest of a sentence that begins with its path. */
function read(kind: Kind, directory: string, name: string): { readonly text: string } | { readonly error: string } {
    const path = join(directory, name);
    if (!existsSync(path)) {
        return { error: "is a link to a file that does not exist. Correct the link, or remove it" };
    }
    if (leadsOutside(path)) {
        return { error: "is a link to a file outside this repository. Replace it with the file" };
    }
    if (!statSync(path).isFile()) {
        return { error: "is not a file. Rename it, or move it out of the directory" };
    }
    if (!extensionsOf(kind).includes(extname(name))) {
        return {
            error: `is not read, because its name does not end in ${extensionsOf(kind).join(" or ")}. Rename it, or move it out of the directory`,
        };
    }
    if (!dataKey.safeParse(name).success) {
        return {
            error: "has a name that a ConfigMap cannot hold. Rename it with letters, digits, dashes, dots and underscores",
        };
    }
    if (statSync(path).size > CONFIG_MAP_LIMIT) {
        return { error: `is larger than ${CONFIG_MAP_LIMIT / 1024} KiB, which a ConfigMap cannot hold. Split it` };
    }
    try {
        // Removes a byte order mark.
        const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
        return { text: text.replace(/\r\n?/g, "\n") };
    } catch (error) {
        const reason = error instanceof TypeError ? "it is not UTF-8" : reasonOf(error);
        return {
            error: `cannot be read: ${reason}. ${error instanceof TypeError ? "Save it as UTF-8" : "Allow reading it"}`,
        };
    }
}

/** Parses the text of a file of a kind. Only values of the kinds that Keep reads itself have types that nothing checks. */
export function parseFile(kind: Kind, text: string): Parsed {
    const { extension, variable } = kindOf(kind);
    return parse(text, { extension, rejectsAmbiguous: variable !== undefined });
}

/** Reads the files of a kind. Returns those with a valid shape, and the problems of the others. */
export function filesIn(kind: Kind, directory: string): { readonly valid: Valid[]; readonly problems: Problem[] } {
    const files = namesIn(directory).map((name) => fileOf(kind, directory, name));
    return {
        valid: files.flatMap((file) => ("content" in file ? [file] : [])),
        problems: files.flatMap((file) => ("content" in file ? [] : file.problems)),
    };
}

function fileOf(kind: Kind, directory: string, name: string): Valid | { readonly problems: Problem[] } {
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
        ? { name, path, content: result.data as Content, whole: content as Content, lineOf }
        : {
              problems: result.error.issues.map(innermost).map(({ path: field, message }) => ({
                  value: `${path}:${lineOf(field)}`,
                  message: `${subject(field)} ${message}`,
              })),
          };
}

/** The issue of the first variant that says where it differs. */
function innermost(found: z.core.$ZodIssue): Pick<z.core.$ZodIssue, "path" | "message"> {
    const [first] = found.code === "invalid_union" ? found.errors.flat().filter(({ path }) => path.length > 0) : [];
    return first === undefined ? found : { message: first.message, path: [...found.path, ...first.path] };
}

/**
 * What Keep is given of a kind, as the files of a ConfigMap. If Keep reads them, a file for each, in YAML that Keep reads as it was
 * validated; else one JSON object of all by the name of their file, with all fields, null for those that a file does not have.
 */
export function dataOf(kind: Kind, files: readonly Valid[]): Record<string, string> {
    const { variable, fields } = kindOf(kind);
    if (variable !== undefined) {
        return Object.fromEntries(files.map(({ name, whole }) => [name, stringify(whole)]));
    }
    const complete = files.map(({ name, content }) => [
        name,
        Object.fromEntries(fields.map((field) => [field, content[field] ?? null])),
    ]);
    return { [`${kind}.json`]: JSON.stringify(Object.fromEntries(complete), null, 4) };
}

function reasonOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
