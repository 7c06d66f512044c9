import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Version of Keep that an installation is upgraded from. Its dependencies are those of the version that the images have. */
export const PREVIOUS = "0.54.1";

/** Environment by which `run.ts` says that the nodes have images of that version. */
export const PREVIOUS_VARIABLE = "KEEP_PREVIOUS";

/** Makes the layer that puts Keep's package of that version, from a clone of Keep, in the place of the one in the image. */
export function makePrevious(roots: string, clone: string): void {
    const folder = path.join(roots, PREVIOUS);
    if (existsSync(folder)) return;
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    const packages = path.join(partial, "layer", "venv", "lib", "python3.13", "site-packages");
    mkdirSync(packages, { recursive: true });
    const archive = execFileSync("git", ["-C", clone, "archive", `v${PREVIOUS}`, "keep"], { maxBuffer: 2 ** 30 });
    execFileSync("tar", ["-x", "-C", packages], { input: archive });
    // Hides the package below (https://github.com/opencontainers/image-spec/blob/main/layer.md#opaque-whiteout).
    writeFileSync(path.join(packages, "keep", ".wh..wh..opq"), "");
    renameSync(partial, folder);
}
