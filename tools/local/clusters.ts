import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import * as z from "zod";

import { type Environment, read, run } from "./programs";

/** Name of the cluster. `down` removes only this cluster. */
const NAME = "keep-local";

/** Manifest of the ingress controller. The version of its custom resource definitions is derived from it. */
const TRAEFIK = path.join(__dirname, "traefik.yaml");

/** Timeout for the API server of a restarted cluster, in milliseconds. */
const START_TIMEOUT = 2 * 60_000;

/** Files and port of a cluster. */
export interface Place {
    readonly folder: string;
    readonly kubeconfig: string;
    /** Port of the ingress on this machine. */
    readonly port: number;
}

/** A program that runs Kubernetes in Docker. Each environment contains KUBECONFIG. */
export interface ClusterTool {
    readonly program: string;
    /** Command that removes the cluster. */
    readonly removal: string;
    /** Whether the cluster exists. */
    exists(env: Environment): Promise<boolean>;
    /** Creates the cluster and writes its kubeconfig. */
    create(place: Place, env: Environment): Promise<void>;
    /** Starts the cluster, if it is stopped. */
    start(env: Environment): Promise<void>;
    /** Installs Traefik and waits until it is ready. */
    installIngress(env: Environment): Promise<void>;
    /** Removes the cluster, even if it is incomplete. Does nothing if it does not exist. */
    remove(env: Environment): Promise<void>;
}

/** Runs kubectl with some arguments. */
type Kubectl = (...args: string[]) => Promise<void>;

/** Installs Traefik with a kubectl that reads the manifest from the path `manifest`. */
async function applyTraefik(kubectl: Kubectl, manifest: string): Promise<void> {
    await kubectl("apply", "--server-side", "-f", traefikDefinitions());
    await kubectl("wait", "--for=condition=Established", "crd/middlewares.traefik.io", "--timeout=1m");
    await kubectl("apply", "-f", manifest);
    await kubectl("rollout", "status", "deployment/traefik", "--namespace", "traefik", "--timeout=10m");
}

/** URL of Traefik's custom resource definitions, for the version of the manifest. */
function traefikDefinitions(): string {
    const version = /image: \S+:(v[0-9.]+)/.exec(readFileSync(TRAEFIK, "utf8"))?.[1];
    if (version === undefined) throw new Error(`${TRAEFIK} has no image of Traefik with a version.`);
    const folder = "docs/content/reference/dynamic-configuration";
    return `https://raw.githubusercontent.com/traefik/traefik/${version}/${folder}/kubernetes-crd-definition-v1.yml`;
}

/** Installs Traefik with the kubectl of a node, so that users need no kubectl. */
async function applyTraefikIn(node: string): Promise<void> {
    const manifest = "/tmp/traefik.yaml";
    await run("docker", ["cp", TRAEFIK, `${node}:${manifest}`]);
    await applyTraefik((...args) => run("docker", ["exec", node, "kubectl", ...args]), manifest);
}

/** Runs a command line without quotes. */
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
        // kind has no such command, but its node is a container.
        const node = `${NAME}-control-plane`;
        await run("docker", ["start", node], env);
        const deadline = Date.now() + START_TIMEOUT;
        const answers = () => read("docker", ["exec", node, "kubectl", "get", "--raw=/readyz"], env);
        while (!(await answers().then(Boolean, () => false))) {
            if (Date.now() > deadline) throw new Error(`The API server of the cluster ${NAME} does not answer.`);
            await new Promise((resolve) => setTimeout(resolve, 1000));
        }
    },
    installIngress: () => applyTraefikIn(`${NAME}-control-plane`),
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
        // k3s has another version of Traefik, and installs it later in a Job.
        const ports = ["--port", `127.0.0.1:${port}:80@loadbalancer`, "--k3s-arg", "--disable=traefik@server:0"];
        const apart = ["--kubeconfig-update-default=false", "--kubeconfig-switch-context=false"];
        await run("k3d", ["cluster", "create", NAME, ...ports, ...apart, "--wait"], env);
        writeFileSync(kubeconfig, await read("k3d", ["kubeconfig", "get", NAME], env), { mode: 0o600 });
    },
    start: (env) => command(env, `k3d cluster start ${NAME}`),
    installIngress: () => applyTraefikIn(`k3d-${NAME}-server-0`),
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
    installIngress: (env) =>
        applyTraefik((...args) => run("minikube", ["kubectl", "--profile", NAME, "--", ...args], env), TRAEFIK),
    remove: (env) => command(env, minikube.removal),
};

/** Supported tools. The first installed one is used; messages recommend the first. */
export const CLUSTER_TOOLS: readonly ClusterTool[] = [kind, k3d, minikube];
