import { annotations } from "./labels";

/**
 * Annotations that the API server rejects in a pod template, or that Kubernetes 1.30 and later ignores, by prefix
 * (pkg/apis/core/validation/validation.go in kubernetes/kubernetes, ValidatePodSpecificAnnotations).
 */
const REJECTED: Readonly<Record<string, string>> = {
    "container.apparmor.security.beta.kubernetes.io/":
        "is replaced by securityContext.appArmorProfile, and must match a container's name. Remove it: by default, the profile is that of the container runtime",
    "container.seccomp.security.alpha.kubernetes.io/": "is ignored by Kubernetes 1.27 and later. Remove it",
    "seccomp.security.alpha.kubernetes.io/": "is ignored by Kubernetes 1.27 and later. Remove it",
    "kubernetes.io/config.": "marks pods that a node starts from a file of its own. Remove it",
    "scheduler.alpha.kubernetes.io/":
        "is an old form of a setting. Set tolerations, affinity or priorityClassName instead, in keep:pods or in the component",
};

const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
const MOST = 2 ** 31;

/** Annotations of pods that the API server accepts. */
export const podAnnotations = annotations.superRefine((map, context) => {
    for (const [name, value] of Object.entries(map)) {
        const message = fault(name, value);
        if (message !== undefined) {
            context.addIssue({ code: "custom", path: [name], message });
        }
    }
});

function fault(name: string, value: unknown): string | undefined {
    const [, rejected] = Object.entries(REJECTED).find(([prefix]) => name.startsWith(prefix)) ?? [];
    return rejected === undefined && name === DELETION_COST && typeof value === "string" && !isCost(value)
        ? "is not a cost. Set it to an integer of 32 bits, such as 100"
        : rejected;
}

function isCost(text: string): boolean {
    return /^(0|-?[1-9]\d{0,9})$/.test(text) && Number(text) >= -MOST && Number(text) < MOST;
}
