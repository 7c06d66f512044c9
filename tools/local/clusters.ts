import { writeFileSync } from "node:fs";
import path from "node:path";

import * as z from "zod";

import { type Environment, read, run } from "./programs";

/** Name of the cluster, so that `down` removes this one and no other. */
const NAME = "keep-local";

const INGRESS_NGINX =
    "https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.15.1/deploy/static/provider";

/** How long the API server of a cluster that was stopped may take to answer again, in milliseconds. */
const START_TIMEOUT = 2 * 60_000;

/** A cluster that is to be, in files of its own. */
export interface Place {
    readonly folder: string;
    readonly kubeconfig: string;
    /** Port of this machine at which web traffic arrives. */
    readonly port: number;
}

/** A program that runs Kubernetes in Docker, and how it is told to. Each takes an environment with KUBECONFIG. */
export interface ClusterTool {
    readonly program: string;
    /** What removes the cluster, for people. */
    readonly removal: string;
    /** Whether there is a cluster of this name, whoever has made it. */
    exists(env: Environment): Promise<boolean>;
    /** Makes the cluster and writes its kubeconfig. */
    create(place: Place, env: Environment): Promise<void>;
    /** Starts a cluster that was stopped; one that runs stays as it is. */
    start(env: Environment): Promise<void>;
    /** Makes ingress-nginx answer at the port. */
    installIngress(env: Environment): Promise<void>;
    /** Removes the cluster, also one that is not whole or not there. */
    remove(env: Environment): Promise<void>;
}

/** The node's own kubectl: one program less to have. */
async function kubectlIn(container: string, ...args: string[]): Promise<void> {
    await run("docker", ["exec", container, "kubectl", ...args]);
}

async function applyIngress(container: string, provider: string): Promise<void> {
    const kubectl = (...args: string[]) => kubectlIn(container, "--namespace", "ingress-nginx", ...args);
    await kubectl("apply", "-f", `${INGRESS_NGINX}/${provider}/deploy.yaml`);
    await kubectl("rollout", "status", "deployment/ingress-nginx-controller", "--timeout=10m");
    // Its admission webhook refuses every Ingress until a Job, which is then gone, has told the API server whom to trust.
    const authority = "--for=jsonpath={.webhooks[0].clientConfig.caBundle}";
    await kubectl("wait", authority, "validatingwebhookconfiguration/ingress-nginx-admission", "--timeout=5m");
}

/** Runs one of the tool's commands with its words. */
function command(env: Environment, words: string): Promise<void> {
    const [program = "", ...args] = words.split(" ");
    return run(program, args, env);
}

const kind: ClusterTool = {
    program: "kind",
    removal: `kind delete cluster --name ${NAME}`,
    async exists(env) {
        return (await read("kind", ["get", "clusters"], env)).split("\n").includes(NAME);
    },
    async create({ folder, kubeconfig, port }, env) {
        const config = path.join(folder, "kind.json");
        const web = { containerPort: 80, hostPort: port, listenAddress: "127.0.0.1" };
        const nodes = [{ role: "control-plane", extraPortMappings: [web] }];
        writeFileSync(config, JSON.stringify({ kind: "Cluster", apiVersion: "kind.x-k8s.io/v1alpha4", nodes }));
        const files = ["--config", config, "--kubeconfig", kubeconfig];
        await run("kind", ["create", "cluster", "--name", NAME, ...files, "--wait", "5m"], env);
    },
    async start(env) {
        // kind itself has no command for it: its node is one container.
        const node = `${NAME}-control-plane`;
        await run("docker", ["start", node], env);
        const deadline = Date.now() + START_TIMEOUT;
        const answers = () => read("docker", ["exec", node, "kubectl", "get", "--raw=/readyz"], env);
        while (!(await answers().then(Boolean, () => false))) {
            if (Date.now() > deadline) throw new Error(`The cluster ${NAME} was started, but does not answer.`);
            await new Promise((resolve) => setTimeout(resolve, 1000));
        }
    },
    installIngress: () => applyIngress(`${NAME}-control-plane`, "kind"),
    remove: (env) => command(env, kind.removal),
};

const k3d: ClusterTool = {
    program: "k3d",
    removal: `k3d cluster delete ${NAME}`,
    async exists(env) {
        const clusters = z.array(z.object({ name: z.string() }));
        const found = clusters.parse(JSON.parse(await read("k3d", ["cluster", "list", "--output", "json"], env)));
        return found.some(({ name }) => name === NAME);
    },
    async create({ kubeconfig, port }, env) {
        const ports = ["--port", `127.0.0.1:${port}:80@loadbalancer`, "--k3s-arg", "--disable=traefik@server:0"];
        const apart = ["--kubeconfig-update-default=false", "--kubeconfig-switch-context=false"];
        await run("k3d", ["cluster", "create", NAME, ...ports, ...apart, "--wait"], env);
        writeFileSync(kubeconfig, await read("k3d", ["kubeconfig", "get", NAME], env), { mode: 0o600 });
    },
    start: (env) => command(env, `k3d cluster start ${NAME}`),
    installIngress: () => applyIngress(`k3d-${NAME}-server-0`, "cloud"),
    remove: (env) => command(env, k3d.removal),
};

const minikube: ClusterTool = {
    program: "minikube",
    removal: `minikube delete --profile ${NAME}`,
    async exists(env) {
        const profiles = z.array(z.object({ Name: z.string() })).nullish();
        const lists = z.object({ valid: profiles, invalid: profiles });
        const found = lists.parse(JSON.parse(await read("minikube", ["profile", "list", "--output", "json"], env)));
        return [...(found.valid ?? []), ...(found.invalid ?? [])].some(({ Name }) => Name === NAME);
    },
    create: ({ port }, env) =>
        command(env, `minikube start --profile ${NAME} --driver docker --ports=127.0.0.1:${port}:80 --embed-certs`),
    start: (env) => command(env, `minikube start --profile ${NAME}`),
    installIngress: (env) => command(env, `minikube addons enable ingress --profile ${NAME}`),
    remove: (env) => command(env, minikube.removal),
};

/** Whichever of these is there is used; the first is the one to install. */
export const CLUSTER_TOOLS: readonly ClusterTool[] = [kind, k3d, minikube];
