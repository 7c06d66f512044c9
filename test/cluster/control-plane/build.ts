import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

import { progress } from "./progress";

/** Where the pinned `go.mod` of every tool is kept. */
const MODULES = path.join(__dirname, "..", "modules");

/** One program that a pinned Go module builds. */
interface Tool {
    readonly name: string;
    /** Folder under `modules/`. */
    readonly module: string;
    readonly package: string;
}

/** Kubernetes minors that have a pinned module here, newest first. */
export const KUBERNETES_MINORS = readdirModules();

/** What a control plane with a fake node is made of, in the order in which they start. */
export const COMPONENTS = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

/** Name of one program of the control plane. */
export type Component = (typeof COMPONENTS)[number];

/** Path of each program; one that is not there can't be had where prebuilt programs are used. */
export type Binaries = Readonly<Partial<Record<Component, string>>>;

function readdirModules(): readonly string[] {
    return ["1.37", "1.36"].filter((minor) => existsSync(path.join(MODULES, `kubernetes-${minor}`, "go.mod")));
}

function toolOf(component: Component, minor: string): Tool {
    switch (component) {
        case "etcd":
            return { name: component, module: "etcd", package: "go.etcd.io/etcd/server/v3" };
        case "kwok":
            return { name: component, module: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok" };
        case "kube-apiserver":
        case "kube-controller-manager":
        case "kube-scheduler":
            return { name: component, module: `kubernetes-${minor}`, package: `k8s.io/kubernetes/cmd/${component}` };
    }
}

/** Runs the go command inside one of the pinned modules and returns what it prints. */
export function go(module: string, ...args: string[]): string {
    try {
        return execFileSync("go", args, {
            cwd: path.join(MODULES, module),
            encoding: "utf8",
            stdio: ["ignore", "pipe", "inherit"],
        }).trim();
    } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") {
            throw new Error(
                "There is no `go` on the PATH: install Go 1.26 or newer. From Go modules come the control plane and the " +
                    "Gateway API's definitions; the latter also with KUBEBUILDER_ASSETS or --use-current-cluster.",
            );
        }
        throw error;
    }
}

/** Folder for what is built once and kept: outside of the tree, so that a fresh clone finds it again. */
function cacheFolder(): string {
    const base = process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache");
    return path.join(base, "keep-on-pulumi", "control-plane");
}

/** Everything that a built program depends on, so that a changed pin or Go version never finds an old one. */
function cacheKey(module: string): string {
    const hash = createHash("sha256").update(go(module, "env", "GOVERSION", "GOOS", "GOARCH"));
    for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(path.join(MODULES, module, file)));
    return `${module}-${hash.digest("hex").slice(0, 12)}`;
}

/** Kubernetes reports the version that was linked in; without it API machinery takes itself for v0.0.0 and refuses to start. */
function linkerFlags(module: string): string {
    if (!module.startsWith("kubernetes-")) return "-s -w";
    const version = go(module, "list", "-m", "-f", "{{.Version}}", "k8s.io/kubernetes");
    const [major = "", minor = ""] = version.replace(/^v/, "").split(".");
    const values = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: "archive" };
    const packages = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"];
    const settings = packages.flatMap((name) =>
        Object.entries(values).map(([key, value]) => `-X ${name}.${key}=${value}`),
    );
    return ["-s", "-w", ...settings].join(" ");
}

async function buildTool(tool: Tool, into: string): Promise<void> {
    const partial = `${into}.${process.pid}.partial`;
    mkdirSync(path.dirname(into), { recursive: true });
    const report = progress(`building ${tool.name}`);
    try {
        await new Promise<void>((resolve, reject) => {
            const flags = ["-v", "-trimpath", "-buildvcs=false", "-ldflags", linkerFlags(tool.module)];
            const child = spawn("go", ["build", ...flags, "-o", partial, tool.package], {
                cwd: path.join(MODULES, tool.module),
                env: { ...process.env, CGO_ENABLED: "0" },
                stdio: ["ignore", "ignore", "pipe"],
            });
            let said = "";
            let packages = 0;
            child.stderr.setEncoding("utf8").on("data", (text: string) => {
                said = (said + text).slice(-4000);
                packages += text.split("\n").length - 1;
                report.update(`${packages} packages`);
            });
            child.on("error", reject);
            child.on("close", (code) => {
                if (code === 0) resolve();
                else reject(new Error(`go build ${tool.package} failed:\n${said}`));
            });
        });
        // Renamed when whole: a build that was stopped half-way, or one beside it, leaves no broken program.
        renameSync(partial, into);
        report.done();
    } finally {
        rmSync(partial, { force: true });
    }
}

/** Builds what is not in the cache yet, one after the other (each build uses all cores by itself). */
export async function buildComponents(minor: string): Promise<Binaries> {
    const binaries: Partial<Record<Component, string>> = {};
    for (const component of COMPONENTS) {
        const tool = toolOf(component, minor);
        const file = path.join(cacheFolder(), cacheKey(tool.module), component);
        if (!existsSync(file)) await buildTool(tool, file);
        binaries[component] = file;
    }
    return binaries;
}

/** Programs of a folder that someone else has filled (KUBEBUILDER_ASSETS); only etcd and kube-apiserver must be there. */
export function prebuiltComponents(folder: string): Binaries {
    const found = COMPONENTS.map((name) => [name, path.join(folder, name)] as const).filter(([, file]) =>
        existsSync(file),
    );
    const binaries: Binaries = Object.fromEntries(found);
    for (const needed of ["etcd", "kube-apiserver"] as const) {
        if (binaries[needed] === undefined)
            throw new Error(`KUBEBUILDER_ASSETS is ${folder}, but there is no ${needed} in it.`);
    }
    return binaries;
}

/** Folder of the Gateway API's own CRDs, as its pinned Go module carries them. */
export function gatewayApiFolder(): string {
    return path.join(moduleFolder("gateway-api", "sigs.k8s.io/gateway-api"), "config", "crd", "standard");
}

/** What kwok does with nodes and pods: its own quick stages, and ours for the pods of Jobs. */
export function stageFiles(): readonly string[] {
    const stages = path.join(moduleFolder("kwok", "sigs.k8s.io/kwok"), "kustomize", "stage");
    const own = ["node/fast/node-initialize.yaml", "pod/fast/pod-ready.yaml", "pod/fast/pod-delete.yaml"];
    return [...own.map((file) => path.join(stages, file)), path.join(__dirname, "job-stages.yaml")];
}

/** Where the sources of a pinned module are, downloaded if need be. */
function moduleFolder(module: string, dependency: string): string {
    go(module, "mod", "download", dependency);
    return go(module, "list", "-m", "-f", "{{.Dir}}", dependency);
}
