import { writeFileSync } from "node:fs";
import path from "node:path";

import { read, run } from "./programs";

/** Name of the cluster, so that `down` removes this one and no other. */
const NAME = "keep-local";

const INGRESS_NGINX =
    "https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.15.1/deploy/static/provider";

/** A program that runs Kubernetes in Docker, and how it is told to. */
export interface ClusterTool {
    readonly program: string;
    /** Makes a cluster whose web traffic arrives at a port of this machine, and writes the kubeconfig. */
    create(folder: string, port: number, kubeconfig: string): Promise<void>;
    /** Makes ingress-nginx answer there. */
    installIngress(): Promise<void>;
    remove(): Promise<void>;
}

/** The node's own kubectl: one program less to have. */
async function kubectlIn(container: string, ...args: string[]): Promise<void> {
    await run("docker", ["exec", container, "kubectl", ...args]);
}

async function applyIngress(container: string, provider: string): Promise<void> {
    await kubectlIn(container, "apply", "-f", `${INGRESS_NGINX}/${provider}/deploy.yaml`);
    // Until it is up, its admission webhook refuses every Ingress.
    await kubectlIn(
        container,
        "-n",
        "ingress-nginx",
        "rollout",
        "status",
        "deployment/ingress-nginx-controller",
        "--timeout=10m",
    );
}

const kind: ClusterTool = {
    program: "kind",
    async create(folder, port, kubeconfig) {
        const config = path.join(folder, "kind.json");
        const node = {
            role: "control-plane",
            labels: { "ingress-ready": "true" },
            extraPortMappings: [{ containerPort: 80, hostPort: port, listenAddress: "127.0.0.1" }],
        };
        writeFileSync(config, JSON.stringify({ kind: "Cluster", apiVersion: "kind.x-k8s.io/v1alpha4", nodes: [node] }));
        await run("kind", [
            "create",
            "cluster",
            "--name",
            NAME,
            "--config",
            config,
            "--kubeconfig",
            kubeconfig,
            "--wait",
            "5m",
        ]);
    },
    installIngress: () => applyIngress(`${NAME}-control-plane`, "kind"),
    remove: () => run("kind", ["delete", "cluster", "--name", NAME]),
};

const k3d: ClusterTool = {
    program: "k3d",
    async create(_folder, port, kubeconfig) {
        const ports = ["--port", `127.0.0.1:${port}:80@loadbalancer`, "--k3s-arg", "--disable=traefik@server:0"];
        const apart = ["--kubeconfig-update-default=false", "--kubeconfig-switch-context=false"];
        await run("k3d", ["cluster", "create", NAME, ...ports, ...apart, "--wait"]);
        writeFileSync(kubeconfig, await read("k3d", ["kubeconfig", "get", NAME]), { mode: 0o600 });
    },
    installIngress: () => applyIngress(`k3d-${NAME}-server-0`, "cloud"),
    remove: () => run("k3d", ["cluster", "delete", NAME]),
};

const minikube: ClusterTool = {
    program: "minikube",
    async create(_folder, port, kubeconfig) {
        const args = [
            "start",
            "--profile",
            NAME,
            "--driver",
            "docker",
            `--ports=127.0.0.1:${port}:80`,
            "--embed-certs",
        ];
        await run("minikube", args, { KUBECONFIG: kubeconfig });
    },
    installIngress: () => run("minikube", ["addons", "enable", "ingress", "--profile", NAME]),
    remove: () => run("minikube", ["delete", "--profile", NAME]),
};

/** Whichever of these is there is used; the first is the one to install. */
export const CLUSTER_TOOLS: readonly ClusterTool[] = [kind, k3d, minikube];
