import path from "node:path";

import { type Binaries, buildControlPlane, gatewayApiFolder } from "../../cluster/control-plane/build";
import { builtTool } from "../../cluster/goModules";
import { traefikCrds, traefikProgram } from "../../edge/traefik/program";
import { imageStore } from "../images/store";
import { operatorProgram } from "../images/operator";

/** Programs and images that a cluster is started from. */
export interface Built {
    readonly controlPlane: Binaries;
    /** Folder with kubelet and kube-proxy. */
    readonly programs: string;
    readonly kubeRouter: string;
    readonly images: string;
    /** Whether there are images of the version of Keep before the current one. */
    readonly hasPrevious: boolean;
}

/**
 * Builds what is not in the cache yet. The nodes are of the control plane's minor.
 * @param keepSource a clone of Keep with its tags
 */
export async function buildCluster(minor: string, keepSource?: string): Promise<Built> {
    // Read inside, where there is no registry.
    gatewayApiFolder();
    traefikCrds();
    const controlPlane = await buildControlPlane(minor);
    const module = `kubernetes-${minor}`;
    const kubelet = await builtTool({ name: "kubelet", module, package: "k8s.io/kubernetes/cmd/kubelet" });
    await builtTool({ name: "kube-proxy", module, package: "k8s.io/kubernetes/cmd/kube-proxy" });
    const coredns = await builtTool({ name: "coredns", module: "coredns", package: "." });
    const kubeRouter = await builtTool({
        name: "kube-router",
        module: "kube-router",
        package: "github.com/cloudnativelabs/kube-router/v2/cmd/kube-router",
    });
    const metricsServer = await builtTool({
        name: "metrics-server",
        module: "metrics-server",
        package: "sigs.k8s.io/metrics-server/cmd/metrics-server",
    });
    const programs = {
        coredns,
        "metrics-server": metricsServer,
        traefik: await traefikProgram(),
        manager: await operatorProgram(),
    };
    const { store, hasPrevious } = await imageStore(programs, keepSource);
    return { controlPlane, programs: path.dirname(kubelet), kubeRouter, images: store, hasPrevious };
}
