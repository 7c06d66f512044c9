import path from "node:path";

import { type Binaries, buildControlPlane, gatewayApiFolder } from "../../cluster/control-plane/build";
import { builtTool } from "../../cluster/goModules";
import { traefikCrds, traefikProgram } from "../../edge/traefik/program";
import { type Program } from "../images/store";
import { operatorProgram } from "../images/operator";

/** Programs that a cluster is started from. */
export interface Programs {
    readonly controlPlane: Binaries;
    /** Folder with kubelet and kube-proxy. */
    readonly programs: string;
    readonly kubeRouter: string;
    /** Programs that run in images of their own. */
    readonly inImages: Readonly<Record<Program, string>>;
}

/** Builds the programs that are not in the cache yet. The nodes are of the control plane's minor. */
export async function buildPrograms(minor: string): Promise<Programs> {
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
    const inImages = {
        coredns,
        "metrics-server": metricsServer,
        traefik: await traefikProgram(),
        manager: await operatorProgram(),
    };
    return { controlPlane, programs: path.dirname(kubelet), kubeRouter, inImages };
}
