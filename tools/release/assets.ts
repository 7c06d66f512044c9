import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import * as z from "zod";

import { packageSchema } from "../../plugin/schema";
import { UserError } from "../preview/userError";
import { render } from "../render/main";
import { entryOf } from "./changelog";

const STACKS = ["dev", "prod"];

/**
 * File with the release notes, for the page of the release on GitHub. It is in the folder of the assets, but is not an
 * asset.
 */
export const NOTES = "notes.md";

/**
 * Writes the assets of a release to a new folder: the npm package, the rendered manifests, the schemas, the SBOM, and
 * the checksums of these files.
 * @throws UserError if tag, package.json and CHANGELOG.md have different versions
 */
export async function writeAssets(root: string, tag: string, folder: string): Promise<void> {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(read(root, "package.json")));
    const notes = entryOf(read(root, "CHANGELOG.md"), version);
    if (tag !== `v${version}`) {
        throw new UserError(`The tag ${tag} is not the version ${version} of package.json. Tag with npm run release`);
    }
    if (notes === undefined) {
        throw new UserError(`CHANGELOG.md has no entry for ${version}. Tag with npm run release`);
    }
    const out = resolve(folder);
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    npm(root, "pack", "--pack-destination", out);
    for (const stack of STACKS) await packManifests(root, stack, out);
    copyFileSync(join(root, "docs", "stack.schema.json"), join(out, "stack.schema.json"));
    writeFileSync(join(out, "pulumi-package.schema.json"), JSON.stringify(packageSchema(version), undefined, 2));
    writeFileSync(
        join(out, "sbom.cdx.json"),
        npm(root, "sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--package-lock-only"),
    );
    const sums = readdirSync(out).map((file) => `${sha256(join(out, file))}  ${file}\n`);
    writeFileSync(join(out, "SHA256SUMS"), sums.join(""));
    writeFileSync(join(out, NOTES), `${notes}\n`);
}

/** Packs the manifests of a stack, with the list of required Secrets. */
async function packManifests(root: string, stack: string, out: string): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "keep-manifests-"));
    try {
        await render([stack, "--out", join(folder, stack)], root);
        execFileSync("tar", ["-czf", join(out, `manifests-${stack}.tar.gz`), "-C", folder, stack]);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function npm(root: string, ...args: string[]): string {
    return execFileSync("npm", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

function read(root: string, file: string): string {
    return readFileSync(join(root, file), "utf8");
}

function sha256(file: string): string {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
}
