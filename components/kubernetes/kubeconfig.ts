import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

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

/**
 * Loads the kubeconfig that Pulumi's Kubernetes provider uses (pulumi-kubernetes, provider/pkg/provider/provider.go,
 * Configure; util.go, parseKubeconfigString). The removal of Keep's Secrets stores a copy of this function in the state,
 * so its imports are Node.js's own, and the client is an argument.
 * @param create creates an empty kubeconfig
 * @returns undefined if there is none
 */
export function clusterKubeconfig(
    create: () => KubeConfig,
    { kubeconfig, context, cluster }: ClusterChoice,
): KubeConfig | undefined {
    const config = create();
    const loadFile = (target: KubeConfig, file: string) => {
        load(target, readFileSync(file, "utf8"));
        target.makePathsAbsolute(dirname(file));
    };
    // The copy would store the delimiter of the machine that deploys, not of the one that destroys.
    const delimiter = process.platform === "win32" ? ";" : ":";
    // The provider skips missing files of the list, and the first file wins (client-go, tools/clientcmd/loader.go). In
    // the client, the last one wins.
    const named = (process.env.KUBECONFIG ?? "").split(delimiter).filter((file) => file !== "");
    const files = (named.length > 0 ? named : [join(homedir(), ".kube", "config")]).filter((file) => existsSync(file));
    if (kubeconfig.trimStart().startsWith("{") || kubeconfig.includes("\n")) {
        load(config, kubeconfig);
    } else if (kubeconfig !== "") {
        loadFile(
            config,
            kubeconfig.replace(/^~(?=\/|$)/, () => homedir()),
        );
    } else if (files.length > 0) {
        const loaded = files.map((file) => {
            const each = create();
            loadFile(each, file);
            return each;
        });
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
    return config;
}

/**
 * Reads a kubeconfig with `tokenFile`, which the client ignores. It reads `token-file` instead (findToken in its
 * config_types.js), but leaves the line break that such a file may end with.
 */
function load(config: KubeConfig, text: string): void {
    const readable = text.replace(/\btokenFile(?=["']?\s*:)/g, "token-file");
    config.loadFromString(readable);
    if (readable !== text) {
        config.users = config.users.map(({ token, ...user }) => ({ ...user, token: token?.trim() }));
    }
}
