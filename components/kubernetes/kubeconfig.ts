import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";

import type { KubeConfig } from "@kubernetes/client-node";

/** The settings of Pulumi's Kubernetes provider that choose the cluster and the user; empty: not set. */
export interface ClusterChoice {
    /** `kubernetes:kubeconfig`: content or path of a kubeconfig. */
    readonly kubeconfig: string;
    /** `kubernetes:context`. */
    readonly context: string;
    /** `kubernetes:cluster`, which replaces the cluster of the context. */
    readonly cluster: string;
}

/** What is used of `@kubernetes/client-node`. */
export type Client = Pick<typeof import("@kubernetes/client-node"), "KubeConfig" | "loadYaml">;

/**
 * Loads the kubeconfig that Pulumi's Kubernetes provider uses (pulumi-kubernetes, provider/pkg/provider/provider.go,
 * Configure; util.go, parseKubeconfigString). The removal of Keep's Secrets stores a copy of this function in the state,
 * so its imports are Node.js's own, and the client is an argument.
 * @returns undefined if there is none
 */
export function clusterKubeconfig(
    client: Client,
    { kubeconfig, context, cluster }: ClusterChoice,
): KubeConfig | undefined {
    // The copy would store the delimiter of the machine that deploys, not of the one that destroys.
    const delimiter = process.platform === "win32" ? ";" : ":";
    // The provider skips missing files of the list, and the first file wins (client-go, tools/clientcmd/loader.go). In
    // the client, the last one wins.
    const named = (process.env.KUBECONFIG ?? "").split(delimiter).filter((file) => file !== "");
    const files = (named.length > 0 ? named : [join(homedir(), ".kube", "config")]).filter((file) => existsSync(file));
    const isContent = kubeconfig.trimStart().startsWith("{") || kubeconfig.includes("\n");
    const chosen = kubeconfig === "" ? files : [kubeconfig.replace(/^~(?=\/|$)/, () => homedir())];
    const loaded = isContent ? [read(client, kubeconfig, ".")] : chosen.map((file) => readFile(client, file));
    const config = new client.KubeConfig();
    if (loaded.length > 0) {
        const merged = <T extends { readonly name: string }>(items: readonly T[]) =>
            items.filter(({ name }, index) => items.findIndex((item) => item.name === name) === index);
        config.loadFromOptions({
            clusters: merged(loaded.flatMap(({ clusters }) => clusters)),
            users: merged(loaded.flatMap(({ users }) => users)),
            contexts: merged(loaded.flatMap(({ contexts }) => contexts)),
            currentContext: loaded.map((each) => each.getCurrentContext()).find(Boolean),
        });
    } else {
        config.loadFromDefault();
    }
    // The name of the context of http://localhost:8080, which the client loads if it finds no file (its config.js).
    if (config.getCurrentContext() === "loaded-context") {
        return undefined;
    }
    if (context !== "") {
        config.setCurrentContext(context);
    }
    const current = config.getCurrentContext();
    if (cluster !== "") {
        config.contexts = config.contexts.map((each) => (each.name === current ? { ...each, cluster } : each));
    }
    // Without this, the client rejects http, which kubectl proxy serves. There is no certificate to verify.
    config.clusters = config.clusters.map((each) =>
        each.server.startsWith("http:") ? { ...each, skipTLSVerify: true } : each,
    );
    // The client would send the line break that such a file may end with.
    const user = config.getCurrentUser();
    const provider = user?.authProvider as { readonly config?: { readonly tokenFile?: string } } | undefined;
    const tokenFile = provider?.config?.tokenFile;
    if (tokenFile !== undefined) {
        const token = readFileSync(tokenFile, "utf8").trim();
        config.users = config.users.map((each) => (each === user ? { ...each, token, authProvider: undefined } : each));
    }
    return config;
}

function readFile(client: Client, file: string): KubeConfig {
    return read(client, readFileSync(file, "utf8"), dirname(file));
}

/** What the client ignores of a user. */
interface User {
    readonly tokenFile?: string;
    readonly exec?: { readonly command?: string };
}

/**
 * Reads a kubeconfig as kubectl does, which tolerates incomplete entries, and takes `tokenFile` and the command of a plugin
 * as relative to the file (client-go, tools/clientcmd/loader.go and client_config.go).
 */
function read({ KubeConfig, loadYaml }: Client, given: string, folder: string): KubeConfig {
    const text = given.split("\n").every((line) => /^\s*(#|$)/.test(line)) ? "{}" : given;
    const config = new KubeConfig();
    const { users = [] } =
        loadYaml<{ readonly users?: readonly { readonly name: string; readonly user?: User }[] } | null>(text) ?? {};
    config.loadFromString(text, { onInvalidEntry: "filter" });
    config.makePathsAbsolute(folder);
    config.users = config.users.map((known) => {
        const { tokenFile, exec } = users.find(({ name }) => name === known.name)?.user ?? {};
        const command = exec?.command;
        return {
            ...known,
            ...(tokenFile === undefined
                ? {}
                : { authProvider: { name: "tokenFile", config: { tokenFile: resolve(folder, tokenFile) } } }),
            ...(command?.includes("/") === true ? { exec: { ...exec, command: resolve(folder, command) } } : {}),
        };
    });
    return config;
}
