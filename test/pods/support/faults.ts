import { execFileSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";

import { until } from "../../cluster/api/wait";
import type { DeployedKeep } from "./keep";
import { deletePods, evict, killProcesses, podsOf, restart, setSchedulable } from "./workloads";

/** Something that happens to a Keep that works; returns when it has happened. */
export interface Fault {
    readonly name: string;
    readonly happen: (keep: DeployedKeep) => Promise<void>;
}

const kill = (name: string, component: string): Fault => ({
    name,
    happen: async ({ cluster }) => {
        const [pod] = await podsOf(cluster.client, component);
        if (pod === undefined) throw new Error(`there is no pod of the ${component}`);
        killProcesses(pod);
    },
});

/** What happens to pods in their time, from the planned to the rare. */
export const FAULTS: readonly Fault[] = [
    {
        name: "rolling restart of API and worker",
        happen: ({ cluster }) => restart(cluster.client, "backend", "worker"),
    },
    kill("`kill -9` of one API pod", "backend"),
    kill("`kill -9` of the worker", "worker"),
    kill("`kill -9` of Soketi", "websocket"),
    kill("`kill -9` of Redis", "redis"),
    kill("`kill -9` of PostgreSQL", "database"),
    { name: "pod of Redis deleted", happen: ({ cluster }) => deletePods(cluster.client, "redis") },
    { name: "a node drained", happen: (keep) => drain(keep, "node-2") },
    { name: "PostgreSQL unreachable for 60 s", happen: (keep) => cutOff(keep, "database", 60) },
];

/** Empties a node as `kubectl drain` does, and lets it take pods again. */
async function drain({ cluster: { client } }: DeployedKeep, node: string): Promise<void> {
    await setSchedulable(client, node, false);
    try {
        await until(`${node} is empty`, 300_000, async () => {
            const pods = (await podsOf(client)).filter(({ spec }) => spec.nodeName === node);
            for (const { metadata } of pods) await evict(client, metadata.name);
            return pods.length === 0;
        });
    } finally {
        await setSchedulable(client, node, true);
    }
}

/** Lets no packet of a pod's through its node for some seconds. Only where the nodes are networks of this machine, as ours are. */
async function cutOff({ cluster }: DeployedKeep, component: string, seconds: number): Promise<void> {
    const [pod] = await podsOf(cluster.client, component);
    const { nodeName } = pod?.spec ?? {};
    const address = pod?.status.podIP;
    if (nodeName === undefined || address === undefined) throw new Error(`there is no pod of the ${component}`);
    const rule = (change: string) => {
        for (const direction of ["-s", "-d"]) {
            const iptables = ["iptables", change, "FORWARD", direction, address, "-j", "DROP"];
            execFileSync("ip", ["netns", "exec", nodeName, ...iptables]);
        }
    };
    rule("-I");
    try {
        await setTimeout(seconds * 1000);
    } finally {
        rule("-D");
    }
}
