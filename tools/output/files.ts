import {
    existsSync,
    lstatSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmdirSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";

import { UserError } from "../preview/userError";

/** Contents of files by their paths relative to a folder, with `/` as separator. */
export type Files = ReadonlyMap<string, string>;

/** Options of writeFiles. */
export interface WriteOptions {
    /**
     * Text near the beginning of each generated file. Old files with this text are removed, and files without it are
     * not overwritten. Undefined: no file is removed, and all are overwritten.
     */
    readonly mark?: string;
    /** Names of the subfolders of all runs. Files in others are never removed: they may be those of another stack. */
    readonly subfolders?: RegExp;
    /** Whether only their owner may read the files. */
    readonly isSecret?: boolean;
}

/**
 * Writes the files that have changed, and removes the files of earlier runs that are no longer generated, by their
 * mark. Does not follow symbolic links in the folder.
 * @throws UserError if a path of a file contains a symbolic link, or the file is not one of an earlier run
 */
export function writeFiles(
    folder: string,
    files: Files,
    { mark, subfolders, isSecret = false }: WriteOptions = {},
): void {
    makeFolder(folder);
    const access = isSecret ? 0o600 : 0o644;
    for (const path of files.keys()) {
        rejectLinks(folder, join(folder, path));
    }
    if (mark !== undefined) {
        rejectOthers(folder, files, mark);
    }
    for (const [path, text] of files) {
        const file = join(folder, path);
        makeFolder(dirname(file));
        const mode = path.endsWith(".sh") ? access | 0o111 : access;
        // Writing is several times slower than reading, and most files have not changed.
        if (!existsSync(file) || readFileSync(file, "utf8") !== text || (lstatSync(file).mode & 0o777) !== mode) {
            write(file, text, mode);
        }
    }
    if (mark === undefined) {
        return;
    }
    const own = namesIn(folder, "isDirectory").filter((name) => subfolders?.test(name));
    const old = ["", ...own]
        .flatMap((name) => namesIn(join(folder, name), "isFile").map((file) => join(folder, name, file)))
        .filter((file) => !files.has(relative(folder, file).replaceAll(sep, "/")))
        .filter((file) => hasMark(readFileSync(file, "utf8"), mark));
    for (const file of old) {
        rmSync(file);
        if (dirname(file) !== folder && readdirSync(dirname(file)).length === 0) {
            rmdirSync(dirname(file));
        }
    }
}

function namesIn(folder: string, is: "isDirectory" | "isFile"): string[] {
    return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry[is]())
        .map(({ name }) => name);
}

/** Node's recursive mkdir never returns on file systems that answer with ENOENT, such as /proc. */
function makeFolder(folder: string): void {
    if (existsSync(folder)) {
        return;
    }
    makeFolder(dirname(folder));
    mkdirSync(folder);
}

/**
 * Writes a temporary file and renames it, so that an interrupted run leaves no incomplete file, and the mode is always
 * correct.
 */
function write(file: string, text: string, mode: number): void {
    const partial = `${file}.${process.pid}`;
    try {
        writeFileSync(partial, text, { mode, flag: "wx" });
        renameSync(partial, file);
    } catch (error) {
        rmSync(partial, { force: true });
        throw error;
    }
}

function hasMark(text: string, mark: string): boolean {
    return text.slice(0, 200).includes(mark);
}

function rejectOthers(folder: string, files: Files, mark: string): void {
    const others = [...files]
        .filter(([path, text]) => {
            const file = join(folder, path);
            if (!existsSync(file)) {
                return false;
            }
            // Reading a pipe would wait for somebody who writes to it.
            if (!lstatSync(file).isFile()) {
                return true;
            }
            const present = readFileSync(file, "utf8");
            return present !== text && !hasMark(present, mark);
        })
        .map(([path]) => path);
    if (others.length > 0) {
        throw new UserError(
            `${folder} has files that this command did not write: ${others.join(", ")}. Nothing was written. Move them, or choose another --out`,
        );
    }
}

function rejectLinks(folder: string, file: string): void {
    for (let path = file; path.length > folder.length; path = dirname(path)) {
        if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
            throw new UserError(
                `${path} is a symbolic link, and the command does not write through links. Remove it, or choose another --out`,
            );
        }
    }
}
