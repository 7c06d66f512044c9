import { existsSync, mkdtempSync } from "node:fs";
import path from "node:path";

import { ApiClient } from "../api/client";
import { readKubeconfig } from "../api/kubeconfig";
import { until } from "../api/wait";
import { type Binaries, stageFiles } from "./build";
import type { Pods } from "../connection";
import { installCrds } from "../crds";
import { createCredentials, type User } from "./credentials";
import { FOLDER_PREFIX, removeLeftovers } from "./leftovers";
import { createFakeNodes, FAKE_NODE } from "./nodes";
import { freePorts, Processes } from "./processes";
import { VolumeProvisioner } from "./volumes";

/** A Kubernetes API on loopback, with as many of the parts behind it as there are programs for. */
export interface ControlPlane {
    /** File that every Kubernetes client understands. */
    readonly kubeconfig: string;
    readonly client: ApiClient;
    /** None where a program for controllers, scheduler or nodes is missing. */
    readonly pods: Exclude<Pods, "real">;
    /** Ends every process that was started and removes every file that was written. */
    stop(): Promise<void>;
}

/** Much more than it takes, for machines that are busy with something else. */
const START_TIMEOUT = 180_000;

/** Starts a control plane on free ports, makes it know the kinds that Keep uses, and returns when it works. */
export async function startControlPlane(binaries: Binaries): Promise<ControlPlane> {
    removeLeftovers();
    try {
        return await attempt(binaries);
    } catch (error) {
        // Somebody else may have taken a port between our asking and our using it.
        if (error instanceof Error && error.message.includes("address already in use")) return await attempt(binaries);
        throw error;
    }
}

async function attempt(binaries: Binaries): Promise<ControlPlane> {
    const folder = mkdtempSync(FOLDER_PREFIX);
    const processes = new Processes(folder);
    const volumes = new VolumeProvisioner();
    const stop = async () => {
        await volumes.stop();
        await processes.stop();
    };
    try {
        const { kubeconfig } = await startApiServer(binaries, processes, folder);
        const client = new ApiClient(readKubeconfig(kubeconfig));
        await until("the API server is ready", START_TIMEOUT, async () => {
            processes.assertAlive(["etcd", "kube-apiserver"]);
            return (await client.request("GET", "/readyz")).status === 200;
        });
        const acts = startControllers(binaries, processes, folder, kubeconfig);
        await Promise.all([installCrds(client), ...(acts ? [prepareNodes(client, volumes, processes)] : [])]);
        return { kubeconfig, client, pods: acts ? "fake" : "none", stop };
    } catch (error) {
        await stop();
        throw error;
    }
}

/** How nodes, if there are real ones, reach the API server. */
interface Reach {
    /** An address of this machine that the nodes have a route to. */
    readonly address: string;
    /** Who else may talk to it than the administrator. */
    readonly users: readonly User[];
    readonly args: readonly string[];
}

const LOOPBACK: Reach = {
    address: "127.0.0.1",
    users: [],
    // Loopback is no address for the Service "kubernetes", and no pod here will ever call it.
    args: ["--endpoint-reconciler-type=none"],
};

/** An API server that has begun to start. */
export interface ApiServer {
    /** Of the administrator. */
    readonly kubeconfig: string;
    /** Writes that of a further user. */
    kubeconfigOf(user: User): string;
}

/** Starts etcd and the API server. */
export async function startApiServer(
    binaries: Binaries,
    processes: Processes,
    folder: string,
    { address, users, args }: Reach = LOOPBACK,
): Promise<ApiServer> {
    const [etcdPort = 0, peerPort = 0, apiPort = 0] = await freePorts(3);
    const etcd = `http://127.0.0.1:${etcdPort}`;
    const peer = `http://127.0.0.1:${peerPort}`;
    processes.start("etcd", needed(binaries, "etcd"), [
        `--data-dir=${path.join(folder, "etcd")}`,
        `--listen-client-urls=${etcd}`,
        `--advertise-client-urls=${etcd}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=default=${peer}`,
        "--unsafe-no-fsync",
        "--log-level=warn",
    ]);
    const credentials = createCredentials(folder, users);
    const certificates = path.join(folder, "certificates");
    processes.start("kube-apiserver", needed(binaries, "kube-apiserver"), [
        `--etcd-servers=${etcd}`,
        `--bind-address=${address}`,
        `--advertise-address=${address}`,
        `--secure-port=${apiPort}`,
        `--cert-dir=${certificates}`,
        "--service-cluster-ip-range=10.96.0.0/16",
        "--authorization-mode=Node,RBAC",
        `--token-auth-file=${credentials.tokenFile}`,
        "--service-account-issuer=https://kubernetes.default.svc",
        `--service-account-key-file=${credentials.serviceAccountPublicKey}`,
        `--service-account-signing-key-file=${credentials.serviceAccountKey}`,
        ...args,
    ]);
    const certificate = path.join(certificates, "apiserver.crt");
    await until("the API server has a certificate", START_TIMEOUT, () => {
        processes.assertAlive(["etcd", "kube-apiserver"]);
        return existsSync(certificate);
    });
    const server = `https://${address.includes(":") ? `[${address}]` : address}:${apiPort}`;
    return {
        kubeconfig: credentials.writeKubeconfig(server, certificate),
        kubeconfigOf: (user) => credentials.writeKubeconfig(server, certificate, user),
    };
}

/** Starts what makes objects come true on fake nodes; returns false where a program for it is missing. */
function startControllers(binaries: Binaries, processes: Processes, folder: string, kubeconfig: string): boolean {
    const { "kube-controller-manager": manager, "kube-scheduler": scheduler, kwok } = binaries;
    if (manager === undefined || scheduler === undefined || kwok === undefined) return false;
    startManagers(binaries, processes, folder, kubeconfig);
    processes.start("kwok", kwok, [
        `--kubeconfig=${kubeconfig}`,
        ...stageFiles().map((file) => `--config=${file}`),
        "--node-lease-duration-seconds=40",
        "--cidr=10.64.0.0/14",
        `--manage-nodes-with-annotation-selector=${FAKE_NODE.key}=${FAKE_NODE.value}`,
    ]);
    return true;
}

/** Starts Kubernetes' controllers and its scheduler. */
export function startManagers(binaries: Binaries, processes: Processes, folder: string, kubeconfig: string): void {
    const common = [
        `--kubeconfig=${kubeconfig}`,
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=300",
        "--kube-api-burst=600",
    ];
    processes.start("kube-controller-manager", needed(binaries, "kube-controller-manager"), [
        ...common,
        `--service-account-private-key-file=${path.join(folder, "service-account.key")}`,
        `--root-ca-file=${path.join(folder, "certificates", "apiserver.crt")}`,
        "--horizontal-pod-autoscaler-sync-period=1s",
    ]);
    processes.start("kube-scheduler", needed(binaries, "kube-scheduler"), common);
}

async function prepareNodes(client: ApiClient, volumes: VolumeProvisioner, processes: Processes): Promise<void> {
    await createFakeNodes(client);
    await volumes.start(client);
    await until("controllers and nodes work", START_TIMEOUT, async () => {
        processes.assertAlive(["kube-controller-manager", "kube-scheduler", "kwok"]);
        return await isSettled(client);
    });
}

/** A pod can be made (its namespace has a ServiceAccount) and has somewhere to run. */
async function isSettled(client: ApiClient): Promise<boolean> {
    const account = await client.request("GET", "/api/v1/namespaces/default/serviceaccounts/default");
    const node = await client.request("GET", "/api/v1/nodes?fieldSelector=spec.unschedulable=false");
    return account.status === 200 && JSON.stringify(node.body).includes('"type":"Ready"');
}

function needed(binaries: Binaries, name: keyof Binaries): string {
    const file = binaries[name];
    if (file === undefined) throw new Error(`there is no ${name}`);
    return file;
}
