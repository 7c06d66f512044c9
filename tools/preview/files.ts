import { type Files, writeFiles } from "../output/files";
import type { Manifest } from "./manifests";
import { toYaml } from "./yaml";

/** First line of each file that `npm start` writes. */
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

/**
 * Writes each manifest to its file, and removes those that an earlier run wrote and this one did not.
 * @param isSecret whether the manifests have secrets in plain, so that nobody else may read the files.
 */
export function writeManifests(folder: string, manifests: readonly Manifest[], isSecret: boolean): void {
    const files: Files = new Map(fileNames(manifests).map(({ path, manifest }) => [path, MARK + toYaml(manifest)]));
    writeFiles(folder, files, { mark: MARK, isSecret });
}
