import { amountOf } from "../../../components/fields/quantity";
import { isRecord } from "../../inProcess/secrets";
import type { Manifest } from "../../preview/manifests";
import type { Check, Finding, Subject } from "./cluster";

/** Checks that the namespace does not exist if the stack creates it, and exists otherwise. */
export const namespaceFindings: Check = async ({ cluster, release, manifests }) => {
    const { namespace } = release;
    const creates = manifests.some(({ kind, name }) => kind === "Namespace" && name === namespace);
    const existing = await cluster.get("v1", "Namespace", namespace);
    const next = `kubectl get namespace ${namespace} --show-labels`;
    if (!creates) {
        const problem = `namespace ${namespace} does not exist, and keep:namespace.create is false`;
        return { passed: `${namespace} exists`, failed: existing === undefined ? [{ problem, next }] : [] };
    }
    const isOwn = existing?.metadata?.labels?.["app.kubernetes.io/instance"] === release.name;
    const problem = `namespace ${namespace} exists already, and something else created it. Set keep:namespace.create to false, or choose another`;
    return {
        passed: existing === undefined ? `${namespace} is free` : `${namespace} is this stack's`,
        failed: existing === undefined || isOwn ? [] : [{ problem, next }],
    };
};

/**
 * Checks by a dry run that the API server would admit each pod: Pod Security, quotas and LimitRanges of the namespace,
 * and policies of other admission controllers.
 */
export const admissionFindings: Check = async ({ cluster, release, manifests }) => {
    const { namespace } = release;
    if ((await cluster.get("v1", "Namespace", namespace)) === undefined) {
        return { passed: "", skipped: `namespace ${namespace} does not exist yet` };
    }
    const failed: Finding[] = [];
    const pods = podsOf(manifests);
    for (const { owner, template } of pods) {
        const rejection = await cluster.rejection(podOf(owner, template, namespace));
        if (rejection?.includes("cannot create resource") === true) {
            return {
                passed: "",
                skipped: `needs the right to create Pod in namespace ${namespace}, used for dry runs only`,
            };
        }
        if (rejection !== undefined) {
            failed.push({
                problem: `the API server would reject pods of ${owner.kind} ${owner.name}: ${rejection}`,
                next: `kubectl describe namespace ${namespace}`,
            });
        }
    }
    return { passed: `the API server admits all ${pods.length} pods`, failed };
};

/** Checks that the quotas of the namespace are sufficient for all pods and claims together. */
export const quotaFindings: Check = async ({ cluster, release, manifests }) => {
    const { namespace } = release;
    const quotas = await cluster.list("v1", "ResourceQuota", namespace);
    if (quotas.length === 0) {
        return { passed: `namespace ${namespace} has no quota` };
    }
    const needed = amountsOf(manifests);
    const failed = quotas.flatMap(({ metadata, spec }) =>
        Object.entries(isRecord(spec) && isRecord(spec.hard) ? spec.hard : {}).flatMap(
            ([resource, hard]): Finding[] => {
                const amount = needed[resource];
                return amount === undefined || amount <= amountOf(String(hard))
                    ? []
                    : [
                          {
                              problem: `the stack needs ${round(amount)} of ${resource}, and quota ${metadata?.name ?? ""} of namespace ${namespace} allows ${String(hard)}`,
                              next: `kubectl -n ${namespace} describe resourcequota`,
                          },
                      ];
            },
        ),
    );
    return { passed: "the quota suffices", failed };
};

/** The template of a pod. */
export interface Template {
    readonly metadata?: Readonly<Record<string, unknown>>;
    readonly spec: Readonly<Record<string, unknown>>;
}

/** A pod template and its object. */
export interface OwnedTemplate {
    readonly owner: Manifest;
    readonly template: Template;
    readonly replicas: number;
}

/** The pod template of each object that has one. */
export function podsOf(manifests: Subject["manifests"]): OwnedTemplate[] {
    return manifests.flatMap((owner) => {
        const { spec } = owner.content;
        const inner = isRecord(spec) && isRecord(spec.jobTemplate) ? spec.jobTemplate.spec : spec;
        if (!isRecord(inner) || !isRecord(inner.template) || !isRecord(inner.template.spec)) {
            return [];
        }
        const replicas = typeof inner.replicas === "number" ? inner.replicas : 1;
        return [{ owner, template: inner.template as unknown as Template, replicas }];
    });
}

/** A pod of a template, without its service account: the account must exist, and the stack creates it only later. */
function podOf({ name }: Manifest, { metadata, spec }: Template, namespace: string) {
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...metadata, name: `${name}-preflight`, namespace },
        spec: { restartPolicy: "Always", ...spec, serviceAccountName: undefined },
    };
}

/** The requests and limits of all pods and claims, by the names in quotas. */
function amountsOf(manifests: Subject["manifests"]): Readonly<Record<string, number>> {
    const sums: Record<string, number> = { pods: 0, persistentvolumeclaims: 0, "requests.storage": 0 };
    const add = (resource: string, amount: number) => {
        sums[resource] = (sums[resource] ?? 0) + amount;
    };
    for (const { template, replicas } of podsOf(manifests)) {
        add("pods", replicas);
        const { containers } = template.spec;
        for (const { resources } of Array.isArray(containers) ? (containers as { resources?: unknown }[]) : []) {
            for (const [kind, amounts] of Object.entries(isRecord(resources) ? resources : {})) {
                for (const [resource, amount] of Object.entries(isRecord(amounts) ? amounts : {})) {
                    add(`${kind}.${resource}`, replicas * amountOf(String(amount)));
                    // In a quota, `cpu` means `requests.cpu`.
                    add(kind === "requests" ? resource : "", replicas * amountOf(String(amount)));
                }
            }
        }
    }
    for (const { kind, content } of manifests) {
        const { spec } = content;
        if (
            kind === "PersistentVolumeClaim" &&
            isRecord(spec) &&
            isRecord(spec.resources) &&
            isRecord(spec.resources.requests)
        ) {
            add("persistentvolumeclaims", 1);
            add("requests.storage", amountOf(String(spec.resources.requests.storage)));
        }
    }
    return sums;
}

function round(amount: number): string {
    return amount < 1000 ? String(Math.round(amount * 1000) / 1000) : `${Math.round(amount / 2 ** 20)}Mi`;
}
