import { setTimeout } from "node:timers/promises";

import { until } from "../../cluster/api/wait";
import type { DeployedKeep } from "./keep";
import { cutOff, fillDisk, killProcesses, powerOff, powerOn, startKubelet, stopKubelet } from "./machine";
import { deletePods, evict, healed, podsOf, restart, restarted, setSchedulable } from "./workloads";

/** Something that happens to a Keep that works. */
export interface Fault {
    readonly name: string;
    /** Part of Keep that it happens to: an installation without it is spared. */
    readonly component: string;
    /** What has to be so before it happens, such as where a pod runs. */
    readonly prepare?: (keep: DeployedKeep) => Promise<void>;
    /** Returns when it has happened, and what it did is seen by the API server. */
    readonly happen: (keep: DeployedKeep) => Promise<void>;
    /** What is undone when all is measured, for the next fault. */
    readonly undo?: (keep: DeployedKeep) => Promise<void>;
}

/** Node that faults happen to; databases and queues are on the other one, to which their volumes tie them. */
const FAULTY = "node-2";
const OTHER = "node-1";

/** Seconds that a fault lasts which ends by itself. */
const LASTS = 60;

const kill = (name: string, component: string): Fault => ({
    name,
    component,
    happen: async ({ cluster }) => {
        const [pod] = await podsOf(cluster.client, component);
        if (pod === undefined) throw new Error(`there is no pod of the ${component}`);
        killProcesses(pod);
        await restarted(cluster.client, pod);
    },
});

const wait = async () => {
    await setTimeout(LASTS * 1000);
};

/** What happens to pods in their time, from the planned to the rare. */
export const FAULTS: readonly Fault[] = [
    {
        name: "rolling restart of API and worker",
        component: "backend",
        happen: (keep) => restart(keep.cluster.client, ...["backend", "worker"].filter((name) => keep.has(name))),
    },
    kill("`kill -9` of an API pod", "backend"),
    kill("`kill -9` of the worker", "worker"),
    kill("`kill -9` of Soketi", "websocket"),
    kill("`kill -9` of Redis", "redis"),
    kill("`kill -9` of PostgreSQL", "database"),
    { name: "pod of Redis deleted", component: "redis", happen: ({ cluster }) => deletePods(cluster.client, "redis") },
    {
        name: "pod of PostgreSQL deleted",
        component: "database",
        happen: ({ cluster }) => deletePods(cluster.client, "database"),
    },
    {
        name: `PostgreSQL unreachable for ${LASTS} s`,
        component: "database",
        happen: (keep) => cutOff(keep, "database", wait),
    },
    {
        name: `disk of PostgreSQL full for ${LASTS} s`,
        component: "database",
        happen: (keep) => fillDisk(keep, "database", wait),
    },
    { name: `disk of Redis full for ${LASTS} s`, component: "redis", happen: (keep) => fillDisk(keep, "redis", wait) },
    {
        name: "kubelet of a node stopped until the node is lost",
        component: "backend",
        prepare: spread,
        happen: async (keep) => {
            await stopKubelet(keep, FAULTY);
            await startKubelet(keep, FAULTY);
        },
    },
    {
        name: "a node drained",
        component: "backend",
        prepare: spread,
        happen: drain,
        undo: ({ cluster }) => setSchedulable(cluster.client, FAULTY, true),
    },
    {
        name: "a node switched off",
        component: "backend",
        prepare: spread,
        happen: (keep) => powerOff(keep, FAULTY),
        undo: (keep) => powerOn(keep, FAULTY),
    },
];

/** Has a pod of the API, and the worker, run on the node that something will happen to. */
async function spread(keep: DeployedKeep): Promise<void> {
    const { client } = keep.cluster;
    await setSchedulable(client, OTHER, false);
    try {
        for (const component of ["backend", "worker"]) {
            const pods = await podsOf(client, component);
            const [elsewhere] = pods.filter(({ spec }) => spec.nodeName !== FAULTY);
            if (elsewhere === undefined || pods.some(({ spec }) => spec.nodeName === FAULTY)) continue;
            await until("it may leave", 60_000, () => evict(client, elsewhere.metadata.name));
        }
        const unhealed = await healed(keep, 300);
        if (unhealed.length > 0) throw new Error(unhealed.join("\n"));
    } finally {
        await setSchedulable(client, OTHER, true);
    }
}

/** Empties a node as `kubectl drain` does. */
async function drain({ cluster: { client } }: DeployedKeep): Promise<void> {
    await setSchedulable(client, FAULTY, false);
    await until(`${FAULTY} is empty`, 300_000, async () => {
        const pods = (await podsOf(client)).filter(({ spec }) => spec.nodeName === FAULTY);
        for (const { metadata } of pods) await evict(client, metadata.name);
        return pods.length === 0;
    });
}
