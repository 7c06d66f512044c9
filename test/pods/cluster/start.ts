import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";

import { ApiClient, type KubernetesObject } from "../../cluster/api/client";
import { readKubeconfig } from "../../cluster/api/kubeconfig";
import { list } from "../../cluster/api/list";
import { until } from "../../cluster/api/wait";
import { conditions, holds } from "../../cluster/checks/shapes";
import type { Binaries } from "../../cluster/control-plane/build";
import { Processes } from "../../cluster/control-plane/processes";
import { startApiServer, startManagers } from "../../cluster/control-plane/start";
import { VolumeProvisioner } from "../../cluster/control-plane/volumes";
import { installCrds } from "../../cluster/crds";
import { z } from "zod";
import { aggregationArguments } from "./aggregation";
import { namesObjects } from "./names";
import { localStorage } from "./disks";
import { FAMILIES, FIRST_FAMILY, nodeFolder, writeNodeFiles } from "./node";

/** What a cluster is made of; all of it is on this machine already. */
export interface Parts {
    readonly controlPlane: Binaries;
    /** Folder with kubelet and kube-proxy. */
    readonly programs: string;
    /** What enforces NetworkPolicies. */
    readonly kubeRouter: string;
    /** Folder of `imageStore`. */
    readonly images: string;
    /** A new folder on a disk, for everything that the cluster writes. */
    readonly folder: string;
    /** What the nodes' control groups are called, up to their number. */
    readonly cgroup: string;
    readonly nodes: number;
}

/** A cluster that runs; it ends with the namespaces it runs in. */
export interface Cluster {
    readonly kubeconfig: string;
    readonly client: ApiClient;
    /** Returns when nothing writes any more. */
    stop(): Promise<void>;
}

const START_TIMEOUT = 180_000;
const ROUTER = { name: "kube-router", group: "system:masters" };
const PROXY = { name: "system:kube-proxy", group: "system:node-proxier" };

/** Starts a control plane and its nodes, in the network that `machine.sh` has made, and returns when pods can run. */
export async function startCluster(parts: Parts): Promise<Cluster> {
    const { controlPlane, folder } = parts;
    const numbers = Array.from({ length: parts.nodes }, (_, index) => index + 1);
    const kubelet = (number: number) => ({ name: `system:node:node-${number}`, group: "system:nodes" });
    const kubelets = new Map(numbers.map((number) => [number, kubelet(number)]));
    const control = path.join(folder, "control-plane");
    mkdirSync(control);
    const processes = new Processes(control);
    const server = await startApiServer(controlPlane, processes, control, {
        address: FIRST_FAMILY.controlPlane,
        users: [PROXY, ROUTER, ...kubelets.values()],
        args: [
            "--allow-privileged=true",
            // In place of the range of IPv4 alone.
            `--service-cluster-ip-range=${FAMILIES.map(({ services }) => services).join(",")}`,
            "--kubelet-preferred-address-types=InternalIP",
            ...aggregationArguments(control),
        ],
    });
    const { kubeconfig } = server;
    const client = new ApiClient(readKubeconfig(kubeconfig));
    await until("the API server is ready", START_TIMEOUT, async () => {
        processes.assertAlive(["etcd", "kube-apiserver"]);
        return (await client.request("GET", "/readyz")).status === 200;
    });
    startManagers(controlPlane, processes, control, kubeconfig);
    const proxyKubeconfig = server.kubeconfigOf(PROXY);
    for (const [number, user] of kubelets) {
        const node = nodeFolder(folder, number);
        mkdirSync(node);
        copyFileSync(server.kubeconfigOf(user), path.join(node, "kubelet.kubeconfig"));
        copyFileSync(server.kubeconfigOf(ROUTER), path.join(node, "kube-router.kubeconfig"));
        const cgroup = `${parts.cgroup}-${number}`;
        writeNodeFiles({ number, folder: node, cgroup, proxyKubeconfig });
        const args = [number.toString(), node, cgroup, parts.images, parts.programs, parts.kubeRouter];
        processes.start(`node-${number}`, path.join(__dirname, "node.sh"), args);
    }
    const volumes = new VolumeProvisioner(localStorage(folder));
    await Promise.all([volumes.start(client), installCrds(client), applyInOrder(client, namesObjects())]);
    await until("nodes are ready and names resolve", START_TIMEOUT, async () => {
        processes.assertAlive(["kube-controller-manager", "kube-scheduler"]);
        return await isReady(client, parts.nodes);
    });
    return {
        kubeconfig,
        client,
        stop: async () => {
            await volumes.stop();
            await processes.stop();
        },
    };
}

async function applyInOrder(client: ApiClient, objects: readonly KubernetesObject[]): Promise<void> {
    for (const object of objects) await client.apply(object);
}

const statusWithConditions = z.object({ status: z.object({ conditions }) });

async function isReady(client: ApiClient, count: number): Promise<boolean> {
    const nodes = await list(client, "/api/v1/nodes", statusWithConditions);
    const ready = nodes.filter(({ status }) => holds(status.conditions, "Ready"));
    const { status, body } = await client.request("GET", "/apis/apps/v1/namespaces/kube-system/deployments/coredns");
    if (ready.length < count || status !== 200) return false;
    return holds(statusWithConditions.parse(body).status.conditions, "Available");
}
