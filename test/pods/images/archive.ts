import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What an image says of itself, in the words of the OCI image configuration. */
export interface ImageConfig {
    readonly User?: string;
    readonly Env?: readonly string[];
    readonly Entrypoint?: readonly string[];
    readonly Cmd?: readonly string[];
    readonly WorkingDir?: string;
    readonly StopSignal?: string;
}

/** An image to be written: each layer is a folder whose content becomes that of `/`. */
export interface Image {
    readonly reference: string;
    readonly config: ImageConfig;
    readonly layers: readonly string[];
}

const OCI = "application/vnd.oci.image";

/** This machine's architecture, as Go and images call it. */
export const ARCHITECTURE = { x64: "amd64" }[process.arch as string] ?? process.arch;

/** Writes images as one archive in OCI layout, as `ctr images import` takes it; a folder that several share is in it once. */
export async function writeArchive(file: string, images: readonly Image[]): Promise<void> {
    const folder = `${file}.partial`;
    const blobs = path.join(folder, "blobs", "sha256");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(blobs, { recursive: true });
    const descriptor = (mediaType: string, digest: string) => ({
        mediaType,
        digest: `sha256:${digest}`,
        size: statSync(path.join(blobs, digest)).size,
    });
    const json = (mediaType: string, value: unknown) => {
        const text = JSON.stringify(value);
        const digest = createHash("sha256").update(text).digest("hex");
        writeFileSync(path.join(blobs, digest), text);
        return descriptor(mediaType, digest);
    };
    const layers = new Map<string, string>();
    for (const layer of new Set(images.flatMap((image) => image.layers))) layers.set(layer, await packed(layer, blobs));
    const manifests = images.map(({ reference, config, layers: folders }) => {
        const digests = folders.map((layer) => layers.get(layer) ?? "");
        const configuration = json(`${OCI}.config.v1+json`, {
            architecture: ARCHITECTURE,
            os: "linux",
            config,
            rootfs: { type: "layers", diff_ids: digests.map((digest) => `sha256:${digest}`) },
        });
        const manifest = json(`${OCI}.manifest.v1+json`, {
            schemaVersion: 2,
            mediaType: `${OCI}.manifest.v1+json`,
            config: configuration,
            layers: digests.map((digest) => descriptor(`${OCI}.layer.v1.tar`, digest)),
        });
        return { ...manifest, annotations: { "io.containerd.image.name": reference } };
    });
    writeFileSync(path.join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
    writeFileSync(path.join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
    execFileSync("tar", ["-C", folder, "-cf", file, "oci-layout", "index.json", "blobs"]);
    rmSync(folder, { recursive: true });
}

/** Packs a folder as a layer named after its digest, which it returns. */
async function packed(layer: string, blobs: string): Promise<string> {
    const partial = path.join(blobs, "partial");
    await new Promise<void>((resolve, reject) => {
        const order = ["--sort=name", "--numeric-owner", "--xattrs", "--exclude=./dev/*", "--exclude=./proc/*"];
        const tar = spawn("tar", ["-C", layer, ...order, "-cf", partial, "."], {
            stdio: ["ignore", "ignore", "inherit"],
        });
        tar.once("error", reject).once("close", (code) => {
            if (code === 0) resolve();
            else reject(new Error(`tar of ${layer} failed`));
        });
    });
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(partial)) hash.update(chunk as Buffer);
    const digest = hash.digest("hex");
    renameSync(partial, path.join(blobs, digest));
    return digest;
}
