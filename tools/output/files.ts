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

/** A file's content by its path below the folder, with `/` between its parts. */
export type Files = ReadonlyMap<string, string>;

/** How files are written. */
export interface WriteOptions {
    /** Words near the beginning of each file that this command writes: a file that has them may be removed by it. Without: none is. */
    readonly mark?: string;
    /** Whether nobody else may read them. */
    readonly isSecret?: boolean;
}

/**
 * Writes the files that say something else than those in the folder, and removes those that an earlier run wrote and this one did
 * not. Files without the mark stay. No link is followed below the folder.
 * @throws UserError where a link is in the way of a file.
 */
export function writeFiles(folder: string, files: Files, { mark, isSecret = false }: WriteOptions = {}): void {
    makeFolder(folder);
    const access = isSecret ? 0o600 : 0o644;
    for (const [path, text] of files) {
        const file = join(folder, path);
        refuseLinks(folder, file);
        makeFolder(dirname(file));
        const mode = path.endsWith(".sh") ? access | 0o111 : access;
        // Writing costs several times what reading does, and mostly nothing has changed.
        if (!existsSync(file) || readFileSync(file, "utf8") !== text || (lstatSync(file).mode & 0o777) !== mode) {
            write(file, text, mode);
        }
    }
    if (mark === undefined) {
        return;
    }
    const old = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => !files.has(relative(folder, file).replaceAll(sep, "/")))
        .filter((file) => readFileSync(file, "utf8").slice(0, 200).includes(mark));
    for (const file of old) {
        rmSync(file);
        if (dirname(file) !== folder && readdirSync(dirname(file)).length === 0) {
            rmdirSync(dirname(file));
        }
    }
}

/** Node's own recursive mkdir never returns where a file system answers ENOENT to it, as /proc does. */
function makeFolder(folder: string): void {
    if (existsSync(folder)) {
        return;
    }
    makeFolder(dirname(folder));
    mkdirSync(folder);
}

/** Written aside and renamed: a run that is stopped leaves no half file, and a file of another mode gets the right one. */
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

function refuseLinks(folder: string, file: string): void {
    for (let path = file; path.length > folder.length; path = dirname(path)) {
        if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
            throw new UserError(
                `${path} is a symbolic link, which nothing is written through. Remove it, or choose another --out`,
            );
        }
    }
}
