import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import { list } from "../../cluster/api/list";
import { until } from "../../cluster/api/wait";
import { conditions, holds } from "../../cluster/checks/shapes";
import type { TestCluster } from "../../cluster/connection";
import { volumesFolder } from "../cluster/disks";
import type { DeployedKeep } from "./keep";
import { type Pod, podsOf } from "./workloads";

/** Time in which the control plane notices that a node is gone, with its default of 50 s, or there again. */
const NODE_TIMEOUT = 180_000;

const claim = z.object({
    metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
    spec: z.object({ volumeName: z.string().optional() }),
});

const nodeStatus = z.object({ metadata: z.object({ name: z.string() }), status: z.object({ conditions }) });

/** Folder of the run, in which every node has its own; only where nodes are processes, networks and disks of this machine. */
function runFolder({ cluster }: Pick<DeployedKeep, "cluster">): string {
    const folder = path.dirname(path.dirname(cluster.kubeconfig));
    if (!existsSync(path.join(folder, "node-1"))) throw new Error("These nodes are not processes of this machine.");
    return folder;
}

/** Makes a folder on a node, of a user, and returns its path there. */
export function hostFolder(cluster: TestCluster, node: string, name: string, user: number): string {
    const made = path.join(volumesFolder(runFolder({ cluster }), node), name);
    mkdirSync(made, { recursive: true });
    chownSync(made, user, user);
    return path.join("/var/lib/keep-volumes", name);
}

/** Kills the processes of a pod's containers, as the kernel does where memory has run out. */
export function killProcesses({ metadata }: Pod): void {
    killWhere((control, name) => control.includes(metadata.uid) && name !== "pause");
}

/** Stops a node's kubelet until `startKubelet`: its pods go on, and the control plane takes the node for lost. */
export async function stopKubelet(keep: DeployedKeep, node: string): Promise<void> {
    writeFileSync(path.join(runFolder(keep), node, "kubelet.off"), "");
    const system = new RegExp(`-${node.replace("node-", "")}/system$`, "m");
    killWhere((control, name) => system.test(control) && name === "kubelet");
    await untilReady(keep, node, false);
}

/** Starts the kubelet that `stopKubelet` has stopped. */
export async function startKubelet(keep: DeployedKeep, node: string): Promise<void> {
    rmSync(path.join(runFolder(keep), node, "kubelet.off"));
    await untilReady(keep, node, true);
}

/** Ends all processes of a node at once, and its network; returns when the control plane has noticed. */
export async function powerOff(keep: DeployedKeep, node: string): Promise<void> {
    const folder = path.join(runFolder(keep), node);
    writeFileSync(path.join(folder, "node.off"), "");
    process.kill(Number(readFileSync(path.join(folder, "node.pid"), "utf8")), "SIGKILL");
    execFileSync("ip", ["link", "set", node, "down"]);
    await untilReady(keep, node, false);
}

/** Starts a node again that `powerOff` has ended. */
export async function powerOn(keep: DeployedKeep, node: string): Promise<void> {
    execFileSync("ip", ["link", "set", node, "up"]);
    rmSync(path.join(runFolder(keep), node, "node.off"));
    await untilReady(keep, node, true);
}

/** Lets no packet of a pod's through its node while something goes on. */
export async function cutOff(keep: DeployedKeep, component: string, meanwhile: () => Promise<void>): Promise<void> {
    const { node, address } = await placeOf(keep, component);
    const rule = (change: string) => {
        for (const direction of ["-s", "-d"]) {
            const iptables = ["iptables", "-t", "raw", change, "PREROUTING", direction, address, "-j", "DROP"];
            execFileSync("ip", ["netns", "exec", node, ...iptables]);
        }
    };
    rule("-I");
    try {
        await meanwhile();
    } finally {
        rule("-D");
    }
}

/** Leaves no room on the volume of a component while something goes on. */
export async function fillDisk(keep: DeployedKeep, component: string, meanwhile: () => Promise<void>): Promise<void> {
    const { node } = await placeOf(keep, component);
    const claims = await list(keep.cluster.client, "/api/v1/namespaces/keep/persistentvolumeclaims", claim);
    const volume = claims.find(({ metadata }) => metadata.labels["app.kubernetes.io/component"] === component)?.spec
        .volumeName;
    if (volume === undefined) throw new Error(`the ${component} has no volume`);
    const filler = path.join(volumesFolder(runFolder(keep), node), volume.replace("pvc-", ""), "filler");
    try {
        // It ends when there is no space left on the device.
        execFileSync("sh", ["-c", `cat /dev/zero >"${filler}" || sync`], { stdio: "ignore" });
        await meanwhile();
    } finally {
        rmSync(filler, { force: true });
    }
}

async function placeOf({ cluster }: DeployedKeep, component: string): Promise<{ node: string; address: string }> {
    const [pod] = await podsOf(cluster.client, component);
    const { nodeName: node } = pod?.spec ?? {};
    const address = pod?.status.podIP;
    if (node === undefined || address === undefined) throw new Error(`there is no pod of the ${component}`);
    return { node, address };
}

async function untilReady({ cluster }: DeployedKeep, node: string, ready: boolean): Promise<void> {
    await until(`${node} is ${ready ? "Ready" : "lost"}`, NODE_TIMEOUT, async () => {
        const found = (await list(cluster.client, "/api/v1/nodes", nodeStatus)).find(
            ({ metadata }) => metadata.name === node,
        );
        return found !== undefined && holds(found.status.conditions, "Ready") === ready;
    });
}

/** Kills every process whose control group and name are of a kind. */
function killWhere(matches: (control: string, name: string) => boolean): void {
    const read = (file: string) => {
        try {
            return readFileSync(file, "utf8");
        } catch {
            // It has ended meanwhile.
            return "";
        }
    };
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    const found = pids.filter((pid) => matches(read(`/proc/${pid}/cgroup`), read(`/proc/${pid}/comm`).trim()));
    for (const pid of found) {
        try {
            process.kill(Number(pid), "SIGKILL");
        } catch (error) {
            // A child that ended with its parent, such as a connection of PostgreSQL.
            if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
        }
    }
}
