import type { ApiClient } from "../api/client";

/** Annotation that hands a Node to kwok. */
export const FAKE_NODE = { key: "kwok.x-k8s.io/node", value: "fake" } as const;

/** Makes three nodes in three zones. Pods on them get Ready at once: nothing is pulled, run or probed. */
export async function createFakeNodes(client: ApiClient): Promise<void> {
    for (const zone of ["a", "b", "c"]) {
        const name = `fake-${zone}`;
        const room = { cpu: "256", memory: "1Ti", pods: "5000", "ephemeral-storage": "10Ti" };
        await client.apply({
            apiVersion: "v1",
            kind: "Node",
            metadata: {
                name,
                annotations: { [FAKE_NODE.key]: FAKE_NODE.value },
                labels: {
                    "kubernetes.io/hostname": name,
                    "kubernetes.io/os": "linux",
                    "kubernetes.io/arch": "amd64",
                    "topology.kubernetes.io/zone": zone,
                },
            },
            status: { allocatable: room, capacity: room },
        });
    }
}
