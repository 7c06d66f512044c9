import { existsSync } from "node:fs";
import path from "node:path";

import { builtTool, hasModule, moduleFolder, type Tool } from "../goModules";

/** Kubernetes minors that have a pinned module here, newest first. */
export const KUBERNETES_MINORS = readdirModules();

/** What a control plane with a fake node is made of, in the order in which they start. */
export const COMPONENTS = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

/** Name of one program of the control plane. */
export type Component = (typeof COMPONENTS)[number];

/** Path of each program; one that is not there can't be had where prebuilt programs are used. */
export type Binaries = Readonly<Partial<Record<Component, string>>>;

function readdirModules(): readonly string[] {
    return ["1.37", "1.36"].filter((minor) => hasModule(`kubernetes-${minor}`));
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

/** Builds what is not in the cache yet, one after the other (each build uses all cores by itself). */
export async function buildComponents(minor: string): Promise<Binaries> {
    const binaries: Partial<Record<Component, string>> = {};
    for (const component of COMPONENTS) binaries[component] = await builtTool(toolOf(component, minor));
    return binaries;
}

/** Builds the control plane alone, for nodes that are real. */
export async function buildControlPlane(minor: string): Promise<Binaries> {
    const names = COMPONENTS.filter((component) => component !== "kwok");
    const binaries: Partial<Record<Component, string>> = {};
    for (const component of names) binaries[component] = await builtTool(toolOf(component, minor));
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

/** CRDs of CloudNativePG. */
export function cloudNativePgFolder(): string {
    return path.join(
        moduleFolder("cloudnative-pg", "github.com/cloudnative-pg/cloudnative-pg"),
        "config",
        "crd",
        "bases",
    );
}

/** What kwok does with nodes and pods: its own quick stages, and ours for the pods of Jobs. */
export function stageFiles(): readonly string[] {
    const stages = path.join(moduleFolder("kwok", "sigs.k8s.io/kwok"), "kustomize", "stage");
    const own = ["node/fast/node-initialize.yaml", "pod/fast/pod-ready.yaml", "pod/fast/pod-delete.yaml"];
    return [...own.map((file) => path.join(stages, file)), path.join(__dirname, "job-stages.yaml")];
}
