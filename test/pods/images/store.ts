import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
    copyFileSync,
    existsSync,
    linkSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { progress } from "../../cluster/control-plane/progress";
import { cacheFolder } from "../../cluster/goModules";
import { until } from "../../cluster/api/wait";
import { traefikImage } from "../../edge/traefik/program";
import { ARCHITECTURE, type Image, writeArchive } from "./archive";
import { operatorImage } from "./operator";
import { type ImageName, PUBLISHED } from "../published";
import { makePrevious, PREVIOUS } from "./previous";

/** Reference of the image that holds a pod's namespaces. */
export const PAUSE = "docker.io/local/pause:1";

/** A program that runs as a pod. */
export type Program = "coredns" | "metrics-server" | "traefik" | "manager";

/** Images of programs, by their names: those of Traefik and of CloudNativePG's manager are called as the published ones. */
export const PROGRAM_IMAGES: Readonly<Record<Program, () => string>> = {
    coredns: () => "docker.io/local/coredns:1",
    "metrics-server": () => "docker.io/local/metrics-server:1",
    traefik: traefikImage,
    manager: operatorImage,
};

/** Where an image has its program a second time: the operator looks there for the one that its servers' pods copy. */
const SECOND_PATHS: Readonly<Partial<Record<Program, string>>> = { manager: `operator/manager_${ARCHITECTURE}` };

/** What the root folders are made by. */
const SOURCES = ["roots.sh", "pause/main.go", "frontend.sh", "frontend.js", "postgres.sh"];

/**
 * Makes all images and unpacks them into a containerd folder of their own, once: every node of every run begins with
 * its content and copies none of it. Returns that folder.
 * @param keepSource a clone of Keep, for the images of its `PREVIOUS` version; once made, they are in the store of later runs, too
 */
export async function imageStore(
    programs: Readonly<Record<Program, string>>,
    keepSource?: string,
): Promise<{ readonly store: string; readonly hasPrevious: boolean }> {
    const cache = cacheFolder("pods");
    const rootsKey = keyOfRoots();
    const roots = path.join(cache, `roots-${rootsKey}`);
    mkdirSync(roots, { recursive: true });
    if (keepSource !== undefined) makePrevious(roots, keepSource);
    const hasPrevious = existsSync(path.join(roots, PREVIOUS));
    const key = createHash("sha256")
        .update(JSON.stringify([rootsKey, imagesOf("", programs, hasPrevious), programs]))
        .digest("hex");
    const store = path.join(cache, `images-${key.slice(0, 12)}`);
    if (existsSync(store)) return { store, hasPrevious };
    const report = progress("making images");
    for (const name of ["base", "busybox", "pause", ...Object.keys(PUBLISHED)]) {
        report.update(name);
        makeRoot(roots, name);
    }
    for (const [name, binary] of Object.entries(programs) as [Program, string][]) {
        const folder = path.join(roots, name);
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        copyFileSync(binary, path.join(folder, name));
        const second = SECOND_PATHS[name];
        if (second === undefined) continue;
        mkdirSync(path.dirname(path.join(folder, second)));
        linkSync(path.join(folder, name), path.join(folder, second));
    }
    const archive = path.join(cache, "images.tar");
    report.update("packing");
    await writeArchive(archive, imagesOf(roots, programs, hasPrevious));
    report.update("unpacking");
    const partial = `${store}.partial`;
    rmSync(partial, { recursive: true, force: true });
    await unpack(archive, partial);
    rmSync(archive);
    // Those of before are of no use to anybody, and large.
    const old = readdirSync(cache).filter(
        (name) => /^(images|roots)-/.test(name) && ![partial, roots].includes(path.join(cache, name)),
    );
    for (const name of old) rmSync(path.join(cache, name), { recursive: true });
    renameSync(partial, store);
    report.done();
    return { store, hasPrevious };
}

function imagesOf(roots: string, programs: Readonly<Record<Program, string>>, hasPrevious: boolean): readonly Image[] {
    const layer = (name: string) => path.join(roots, name, "layer");
    return [
        { reference: PAUSE, config: { Entrypoint: ["/pause"], User: "65535:65535" }, layers: [layer("pause")] },
        {
            reference: "docker.io/local/busybox:1",
            config: { Cmd: ["sh"], Env: ["PATH=/bin"] },
            layers: [layer("busybox")],
        },
        ...(Object.keys(programs) as Program[]).map((name) => ({
            reference: PROGRAM_IMAGES[name](),
            config: { Entrypoint: [`/${name}`] },
            layers: [path.join(roots, name)],
        })),
        ...(Object.keys(PUBLISHED) as ImageName[]).map((name) => ({
            reference: PUBLISHED[name].reference,
            config: PUBLISHED[name].config,
            layers: [layer("base"), layer(name)],
        })),
        ...(hasPrevious ? (["backend", "frontend"] as const) : []).map((name) => ({
            reference: PUBLISHED[name].reference.replace(/:[^:]*$/, `:${PREVIOUS}`),
            config: PUBLISHED[name].config,
            layers: [layer("base"), layer(name), ...(name === "backend" ? [layer(PREVIOUS)] : [])],
        })),
    ];
}

/** Runs `roots.sh` for one image, unless it was made by the same lines before: a build that was stopped goes on where it was. */
function makeRoot(roots: string, name: string): void {
    if (existsSync(path.join(roots, name, "layer"))) return;
    execFileSync("sh", [path.join(__dirname, "roots.sh"), roots, name], { stdio: ["ignore", "ignore", "inherit"] });
}

function keyOfRoots(): string {
    const hash = createHash("sha256");
    for (const file of SOURCES) hash.update(readFileSync(path.join(__dirname, file)));
    for (const file of ["keep.txt", "soketi.json"]) {
        hash.update(readFileSync(path.join(__dirname, "..", "..", "real", "install", file)));
    }
    return hash.digest("hex").slice(0, 12);
}

/** Has a containerd of its own, which only lives for that, take an archive into a folder. */
async function unpack(archive: string, root: string): Promise<void> {
    const state = mkdtempSync(path.join(tmpdir(), "keep-images-"));
    const socket = path.join(state, "socket");
    const containerd = spawn("containerd", ["--root", root, "--state", state, "--address", socket], {
        stdio: "ignore",
    });
    try {
        const ctr = (...args: string[]) =>
            execFileSync("ctr", ["--address", socket, "--namespace", "k8s.io", ...args], {
                stdio: ["ignore", "ignore", "pipe"],
            });
        await until("containerd answers", 60_000, () => existsSync(socket));
        ctr("images", "import", archive);
    } finally {
        const ended = new Promise((resolve) => containerd.once("exit", resolve));
        containerd.kill();
        await ended;
        rmSync(state, { recursive: true, force: true });
    }
}
