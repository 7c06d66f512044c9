import type { Check, Finding } from "./cluster";

const INSTANCE = "app.kubernetes.io/instance";

/** Kinds whose objects have one name in the whole cluster. */
const CLUSTER_WIDE: readonly string[] = ["Namespace", "PersistentVolume"];

/**
 * Checks that no object of the whole cluster belongs to another installation: its namespace and its release, joined by a dash, may give
 * the same name. The namespace of the release itself has a check of its own.
 */
export const ownershipFindings: Check = async ({ cluster, release, manifests }) => {
    const objects = manifests.filter(
        ({ kind, name }) => CLUSTER_WIDE.includes(kind) && !(kind === "Namespace" && name === release.namespace),
    );
    if (objects.length === 0) {
        return { passed: "no object has a name of the whole cluster" };
    }
    const names = objects.map(({ name }) => name).join(", ");
    const failed: Finding[] = [];
    for (const { kind, name } of objects) {
        const existing = await cluster.get("v1", kind, name);
        const owner = existing?.metadata?.labels?.[INSTANCE];
        if (existing !== undefined && owner !== release.name) {
            const whose = owner === undefined ? "and this stack did not create it" : `and belongs to release ${owner}`;
            failed.push({
                problem: `${kind} ${name} exists already, ${whose}. Set another keep:release or keep:namespace.name`,
                next: `kubectl get ${kind.toLowerCase()} ${name} --show-labels`,
            });
        }
    }
    return { passed: `${names} ${objects.length === 1 ? "is" : "are"} free, or this stack's`, failed };
};
