import { issue, type Issue } from "../fields/issue";
import { textLeaves } from "./textLeaves";

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

/** Whether a setting is passed on to Kubernetes. Annotations are no variables. */
function isPassedOn(name: string): boolean {
    return PASSED_ON.has(name) || /annotations$/i.test(name);
}

/** Issues for text in other settings, which become variables in several pods, that Kubernetes would replace. */
export function referenceIssues(settings: object): Issue[] {
    return textLeaves(settings)
        .filter(({ path, text }) => REPLACED.test(text) && !path.some(isPassedOn))
        .map(({ path }) =>
            issue(path, "contains $( or $$, which Kubernetes replaces in the variables of pods. Remove it"),
        );
}
