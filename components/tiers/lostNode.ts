import type { types } from "@pulumi/kubernetes";

type Toleration = types.input.core.v1.Toleration;

/**
 * Seconds after which a tier's pods on a lost node are replaced. Kubernetes marks a node as unreachable 50 s after its
 * last heartbeat, and by default waits another 300 s, in which nothing would process the queue if the only worker was
 * on that node (https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions).
 */
const REPLACED_AFTER_SECONDS = 30;

/** Taints that Kubernetes adds to a lost node. */
const TAINTS = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

/** Adds tolerations for a lost node to the user's, which take precedence. */
export function withLostNode(own: readonly Toleration[]): Toleration[] {
    const missing = TAINTS.filter((key) => !own.some((toleration) => toleration.key === key));
    return [
        ...own,
        ...missing.map((key) => ({
            key,
            operator: "Exists",
            effect: "NoExecute",
            tolerationSeconds: REPLACED_AFTER_SECONDS,
        })),
    ];
}
