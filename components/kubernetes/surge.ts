import type { Scope } from "../naming";
import { type LabelSelector, selects } from "./labelSelector";

/** The parts of a term of an anti-affinity that decide which pods it is about. */
interface Term {
    readonly labelSelector?: LabelSelector | null;
    readonly matchLabelKeys?: readonly string[] | null;
    readonly mismatchLabelKeys?: readonly string[] | null;
    readonly namespaces?: readonly string[] | null;
    readonly namespaceSelector?: unknown;
}

/** The part of an affinity that forbids places of pods. */
interface Affinity {
    readonly podAntiAffinity?: {
        readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly Term[] | null;
    } | null;
}

/** Label that distinguishes the pods before a rollout from those after it. */
const REVISION = "pod-template-hash";

/**
 * Whether a pod cannot be on one node, or in one zone, with the pod that it replaces. With as many pods as nodes, an additional pod
 * would then have no place in a rollout (https://github.com/kubernetes/kubernetes/issues/116891).
 */
export function excludesOwnPods(
    affinity: unknown,
    { namespace }: Pick<Scope, "namespace">,
    labels: Readonly<Record<string, unknown>>,
): boolean {
    const { podAntiAffinity } = (affinity ?? {}) as Affinity;
    return (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).some((term) => {
        const { labelSelector, matchLabelKeys, mismatchLabelKeys } = term;
        return (
            labelSelector !== undefined &&
            labelSelector !== null &&
            selects(labelSelector, labels) &&
            concerns(term, namespace) &&
            !(matchLabelKeys ?? []).includes(REVISION) &&
            !(mismatchLabelKeys ?? []).some((key) => Object.hasOwn(labels, key))
        );
    });
}

/** Whether a term is about pods in this namespace, as far as its names say it. */
function concerns({ namespaces, namespaceSelector }: Term, namespace: string): boolean {
    const names = namespaces ?? [];
    return names.includes(namespace) || (names.length === 0 && (namespaceSelector ?? undefined) === undefined);
}
