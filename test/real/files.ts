import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import type { Deployed } from "../support/harness";

/** Folder of the project. */
export const ROOT = join(__dirname, "../..");

/** Texts of all files below a folder of the project, by path in the folder. */
export function filesIn(folder: string): Record<string, string> {
    const root = join(ROOT, folder);
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, "utf8")]));
}

/** Writes texts by path below a folder, which may be one of the project. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
        const path = resolve(ROOT, folder, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
    }
}

interface Mounting {
    readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

/** Where the containers mount the files of ConfigMaps and Secrets. */
const MOUNTED = "/etc/keep";

/** Puts the files that a container mounts where it looks for them, and no others: its own volumes of test/real are empty. */
export function withFiles<C extends Mounting>(release: Deployed<unknown>, container: C): C {
    const data = new Map([
        ...release.all("ConfigMap").map(({ inputs }) => [inputs.metadata.name, inputs.data] as const),
        ...release.all("Secret").map(({ inputs }) => [inputs.metadata.name, inputs.stringData] as const),
    ]);
    const filesOf = ({ name }: { readonly name: string }) => data.get(`keep-${name}`) ?? data.get(`keep.${name}`);
    // Those of the container before this one.
    for (const name of readdirSync(MOUNTED)) {
        rmSync(join(MOUNTED, name), { recursive: true });
    }
    for (const mount of container.volumeMounts) {
        const files = filesOf(mount);
        if (files !== undefined) {
            rmSync(mount.mountPath, { recursive: true, force: true });
            mkdirSync(mount.mountPath, { recursive: true });
            writeFiles(mount.mountPath, files);
        }
    }
    return { ...container, volumeMounts: container.volumeMounts.filter((mount) => filesOf(mount) === undefined) };
}
