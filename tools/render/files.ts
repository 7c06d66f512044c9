import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Words of the first line of each file that we write; a file that has them may be removed by us. */
const MARK = "Written by npm run render; changes here change nothing.";

/** A file's content by its path below the folder. */
export type Files = ReadonlyMap<string, string>;

/** First line of a YAML file of ours. */
export const YAML_MARK = `# ${MARK}\n`;

/** Writes the files, and removes those that an earlier run wrote and this one did not. Files of other hands stay. */
export function writeFiles(folder: string, files: Files): void {
    for (const [path, text] of files) {
        const file = join(folder, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text, { mode: path.endsWith(".sh") ? 0o755 : 0o644 });
    }
    const present = readdirSync(folder, { recursive: true, withFileTypes: true });
    for (const entry of present.filter((one) => one.isFile())) {
        const file = join(entry.parentPath, entry.name);
        const path = file.slice(folder.length + 1).replaceAll("\\", "/");
        if (!files.has(path) && readFileSync(file, "utf8").slice(0, 200).includes(MARK)) {
            rmSync(file);
        }
    }
    for (const { name } of present.filter((one) => one.isDirectory() && /^wave-\d+$/.test(one.name))) {
        const inner = join(folder, name);
        if (existsSync(inner) && readdirSync(inner).length === 0) {
            rmdirSync(inner);
        }
    }
}
