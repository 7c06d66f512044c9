import * as z from "zod";

import { input } from "./input";
import { scalar } from "./scalar";

/** The name after an optional domain, of at most 63 characters (k8s.io/apimachinery, IsQualifiedName). */
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** The value of a label. Numbers and booleans are taken as text. */
export const labelValue = scalar.refine((value) => value === "" || NAME.test(value), {
    error: "is not the value of a label. Use at most 63 letters, digits, dashes, underscores and dots, with a letter or digit at both ends",
});

/** Whether a name is a valid key of a label or an annotation, such as `team` or `example.com/team`. */
export function isQualifiedName(key: string): boolean {
    const [name = "", domain, ...rest] = key.split("/").reverse();
    return rest.length === 0 && NAME.test(name) && (domain === undefined || DOMAIN.test(domain));
}

function byQualifiedName<T extends z.ZodType>(value: T, what: string) {
    return z.record(z.string(), value).superRefine((map, context) => {
        for (const key of Object.keys(map).filter((name) => !isQualifiedName(name))) {
            const message = `is not the name of ${what}. Write it like team or example.com/team: at most 63 letters, digits, dashes, underscores and dots after the slash`;
            context.addIssue({ code: "custom", path: [key], message });
        }
        const size = Object.entries(map)
            .flat()
            .reduce<number>((sum, part) => sum + Buffer.byteLength(String(part)), 0);
        if (size > MOST_BYTES) {
            const message = `has ${size} bytes of names and values, and at most ${MOST_BYTES} are allowed. Kubernetes rejects objects with more than 256 KiB of annotations, which several settings add to. Remove some`;
            context.addIssue({ code: "custom", message });
        }
    });
}

/**
 * Maximum size of the labels or annotations of a setting, in bytes. Kubernetes allows 256 KiB for each object
 * (k8s.io/apimachinery, pkg/api/validation, TotalAnnotationSizeLimitB), which has those of two settings and a few of
 * the program.
 */
const MOST_BYTES = 100 * 1024;

/** Labels of an object or a selector. Converts numbers and booleans to text. */
export const labels = byQualifiedName(input(labelValue), "a label");

/** Annotations of an object. Converts numbers and booleans to text. */
export const annotations = byQualifiedName(input(scalar), "an annotation");

/** By which Helm keeps an object when it uninstalls a release (https://helm.sh/docs/howto/charts_tips_and_tricks/). */
const HELM_POLICY = "helm.sh/resource-policy";

/** Annotations of an object with data, of which the message says how to retain it. */
export function annotationsOfData(wayOut: string) {
    return annotations.superRefine((map, context) => {
        if (Object.hasOwn(map, HELM_POLICY)) {
            const message = `is read by Helm only, and retains nothing here. ${wayOut}`;
            context.addIssue({ code: "custom", path: [HELM_POLICY], message });
        }
    });
}

/** Labels that the program sets on every object and selects pods by (`scopeOf` in components/naming.ts). */
const OWN_LABELS: readonly string[] = ["component", "instance", "managed-by", "name", "part-of", "version"].map(
    (name) => `app.kubernetes.io/${name}`,
);

/** Prefix of the labels by which a namespace sets a Pod Security level. */
export const POD_SECURITY = "pod-security.kubernetes.io/";

/**
 * Labels that controllers of Kubernetes set on pods and Jobs. The API server rejects Jobs with others
 * (pkg/apis/batch/validation, validateGeneratedSelector).
 */
const CONTROLLER_LABELS: readonly string[] = [
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
    "batch.kubernetes.io/job-name",
    "controller-uid",
    "job-name",
    "pod-template-hash",
];

/** Labels in addition to the program's own, which take precedence. */
export const addedLabels = labels.superRefine((map, context) => {
    for (const name of Object.keys(map)) {
        const owner = OWN_LABELS.includes(name)
            ? "the program"
            : CONTROLLER_LABELS.includes(name)
              ? "Kubernetes"
              : undefined;
        if (owner !== undefined) {
            context.addIssue({ code: "custom", path: [name], message: `is set by ${owner}. Remove it` });
        }
    }
});

/**
 * Labels by which kube-proxy ignores a Service (pkg/proxy/apis/well_known_labels.go, and
 * https://kubernetes.io/docs/reference/labels-annotations-taints/).
 */
const IGNORED_SERVICES: readonly string[] = [
    "service.kubernetes.io/headless",
    "service.kubernetes.io/service-proxy-name",
];

/** Labels of every object, including namespaces and Services. */
export const objectLabels = addedLabels.superRefine((map, context) => {
    for (const name of Object.keys(map).filter((key) => IGNORED_SERVICES.includes(key))) {
        const message = "makes the nodes ignore Services, which have these labels too. Remove it";
        context.addIssue({ code: "custom", path: [name], message });
    }
    for (const name of Object.keys(map).filter((key) => key.startsWith(POD_SECURITY))) {
        const message =
            "changes which pods namespaces admit. Set keep:namespace.podSecurity; for warn and audit, set keep:namespace.labels";
        context.addIssue({ code: "custom", path: [name], message });
    }
});
