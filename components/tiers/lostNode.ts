import type { types } from "@pulumi/kubernetes";

type Toleration = types.input.core.v1.Toleration;

/**
 * Seconds after which a tier's pods on a lost node are replaced. Kubernetes takes a node for lost 50 s after its last sign of life,
 * and waits 300 s more by default: so long no alert would leave the queue if the only worker was there
 * (https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions).
 */
const REPLACED_AFTER_SECONDS = 30;

/** Taints of a lost node, both set by Kubernetes. */
const TAINTS = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

/** The stack's own tolerations, and how long a pod that keeps nothing stays on a lost node; the stack's own take precedence. */
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
