import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Manifest } from "./manifests";
import { UserError } from "./userError";
import { toYaml } from "./yaml";

/** First line of each file that we write; a file that has it may be removed by us. */
const MARK = "# Written by npm start; changes here change nothing.\n";

/** A manifest and the file it goes to. */
export interface ManifestFile {
    readonly path: string;
    readonly manifest: Manifest;
}

/** Gives each manifest a file named by its kind and name, and by its namespace where these two are not enough. */
export function fileNames(manifests: readonly Manifest[]): ManifestFile[] {
    const short = ({ kind, name }: Manifest) => `${kind.toLowerCase()}-${name}`;
    const uses = new Map<string, number>();
    for (const manifest of manifests) {
        uses.set(short(manifest), (uses.get(short(manifest)) ?? 0) + 1);
    }
    return manifests.map((manifest) => {
        const isUnique = uses.get(short(manifest)) === 1;
        const base = isUnique ? short(manifest) : `${short(manifest)}.${manifest.namespace ?? ""}`;
        // A name may have colons (roles do), which Windows refuses in files.
        return { path: `${base.replace(/[^\w.-]/g, "_")}.yaml`, manifest };
    });
}

/** Writes each manifest to its file where it says something else, and removes those that an earlier run wrote and this one did not. */
export function writeManifests(folder: string, manifests: readonly Manifest[]): void {
    try {
        mkdirSync(folder, { recursive: true });
        accessSync(folder, constants.W_OK);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UserError(`cannot write to ${folder}: ${reason}. Choose another folder with --out`);
    }
    const files = fileNames(manifests);
    const written = new Set(files.map(({ path }) => path));
    const present = readdirSync(folder);
    for (const { path, manifest } of files) {
        const [file, text] = [join(folder, path), MARK + toYaml(manifest)];
        // Writing costs several times what reading does, and mostly nothing has changed.
        if (!present.includes(path) || readFileSync(file, "utf8") !== text) {
            writeFileSync(file, text);
        }
    }
    for (const file of present) {
        const path = join(folder, file);
        if (file.endsWith(".yaml") && !written.has(file) && readFileSync(path, "utf8").startsWith(MARK)) {
            rmSync(path);
        }
    }
}
