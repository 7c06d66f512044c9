import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

import { progress } from "./control-plane/progress";

/** Where the pinned `go.mod` of every tool is kept. */
const MODULES = path.join(__dirname, "modules");

/** One program that a pinned Go module builds. */
export interface Tool {
    readonly name: string;
    /** Folder under `modules/`. */
    readonly module: string;
    /** Import path, or `.` for a program of the module's own. */
    readonly package: string;
}

/** Runs the go command inside one of the pinned modules and returns what it prints. */
function go(module: string, ...args: string[]): string {
    try {
        return execFileSync("go", args, {
            cwd: path.join(MODULES, module),
            encoding: "utf8",
            stdio: ["ignore", "pipe", "inherit"],
        }).trim();
    } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") {
            throw new Error(
                "There is no `go` on the PATH: install Go 1.26 or newer. From Go modules come the control plane, the Gateway " +
                    "API's definitions and Traefik; the last two also with KUBEBUILDER_ASSETS or --use-current-cluster.",
            );
        }
        throw error;
    }
}

/** Folder for what is built once and kept: outside of the tree, so that a fresh clone finds it again. */
export function cacheFolder(name: string): string {
    const base = process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache");
    return path.join(base, "keep-on-pulumi", name);
}

/** Everything that a built program depends on, so that a changed pin or Go version never finds an old one. */
function cacheKey(module: string): string {
    const hash = createHash("sha256").update(go(module, "env", "GOVERSION", "GOOS", "GOARCH"));
    for (const file of readdirSync(path.join(MODULES, module)).sort()) {
        hash.update(readFileSync(path.join(MODULES, module, file)));
    }
    return `${module}-${hash.digest("hex").slice(0, 12)}`;
}

/** Kubernetes reports the version that was linked in; without it API machinery takes itself for v0.0.0 and refuses to start. */
function linkerFlags(module: string): string {
    if (!module.startsWith("kubernetes-")) return "-s -w";
    const version = moduleVersion(module, "k8s.io/kubernetes");
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

/** Path of a program, which is built unless it is in the cache. */
export async function builtTool(tool: Tool): Promise<string> {
    const file = path.join(cacheFolder("control-plane"), cacheKey(tool.module), tool.name);
    if (!existsSync(file)) await buildTool(tool, file);
    return file;
}

/** Whether there is a pinned module of this name. */
export function hasModule(module: string): boolean {
    return existsSync(path.join(MODULES, module, "go.mod"));
}

/** Where the sources of a pinned module are, downloaded if need be. */
export function moduleFolder(module: string, dependency: string): string {
    go(module, "mod", "download", dependency);
    return go(module, "list", "-m", "-f", "{{.Dir}}", dependency);
}

/** Version of a dependency of a pinned module. */
export function moduleVersion(module: string, dependency: string): string {
    return go(module, "list", "-m", "-f", "{{.Version}}", dependency);
}
