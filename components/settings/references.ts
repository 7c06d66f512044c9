import { issue, type Issue } from "../fields/issue";
import { isLater } from "../tokens";

/**
 * What Kubernetes replaces in environment variables and arguments: a reference to a variable, and the escape of one
 * (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables).
 */
const REPLACED = /\$[($]/;

/** Settings that are passed to Kubernetes as they are: here, a reference means what Kubernetes' documentation says. */
const PASSED_ON: ReadonlySet<string> = new Set([
    "args",
    "command",
    "env",
    "initContainers",
    "persistentVolume",
    "sidecars",
    "volumeMounts",
    "volumes",
]);

/** Issues for text in other settings, which become variables in several pods, that Kubernetes would replace. */
export function referenceIssues(value: unknown, path: readonly string[] = []): Issue[] {
    if (typeof value === "string") {
        return REPLACED.test(value)
            ? [issue(path, "contains $( or $$, which Kubernetes replaces in the variables of pods. Remove it")]
            : [];
    }
    return typeof value !== "object" || value === null || isLater(value)
        ? []
        : Object.entries(value)
              // Annotations are no variables.
              .filter(([name]) => !PASSED_ON.has(name) && !/annotations$/i.test(name))
              .flatMap(([name, inner]) => referenceIssues(inner, [...path, name]));
}
