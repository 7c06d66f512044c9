import type { RecordedResource } from "../inProcess/recordedResource";
import { hidden, isRecord, type Mask, maskLeaves } from "../inProcess/secrets";

/** A Kubernetes object, as Pulumi would apply it. */
export interface Manifest {
    readonly kind: string;
    readonly name: string;
    readonly namespace: string | undefined;
    /** Pulumi's URN, which stays the same if the generated name changes. */
    readonly urn: string;
    /** Whether Pulumi retains it in the cluster when it is removed from the stack. */
    readonly retained?: boolean;
    readonly content: Record<string, unknown>;
}

/** Kinds in the order in which they can be applied. Other kinds follow. */
const ORDER = [
    "Namespace",
    "NetworkPolicy",
    "ServiceAccount",
    "Secret",
    "ConfigMap",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Role",
    "RoleBinding",
    "Service",
    "Job",
    "Deployment",
    "HorizontalPodAutoscaler",
    "PodDisruptionBudget",
    "Ingress",
];

/** Keys that are printed first. Other keys follow in alphabetical order. */
const FIRST_KEYS = ["apiVersion", "kind", "metadata", "name", "namespace", "labels", "annotations", "image", "type"];

/**
 * The Kubernetes objects of the resources, sorted by kind and name.
 * @param showSecrets whether to include secrets in plain text; otherwise they are masked
 */
export function manifestsOf(
    resources: readonly RecordedResource[],
    showSecrets: boolean,
    as: Mask = hidden,
): Manifest[] {
    return resources
        .filter(({ type, custom }) => custom && type.startsWith("kubernetes:"))
        .map((resource) => manifestOf(resource, showSecrets, as))
        .sort((a, b) => compare(sortKey(a), sortKey(b)));
}

function manifestOf(resource: RecordedResource, showSecrets: boolean, as: Mask): Manifest {
    const { physicalName: name = resource.name, urn } = resource;
    const inputs = showSecrets ? resource.inputs : resource.inputsMaskedAs(as);
    const kind = typeof inputs.kind === "string" ? inputs.kind : resource.type.replace(/^.*:/, "");
    const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
    const content: Record<string, unknown> = { ...inputs, kind, metadata: { ...metadata, name } };
    if (kind === "Secret" && !showSecrets) {
        for (const key of ["data", "stringData"]) {
            if (content[key] !== undefined) {
                content[key] = maskLeaves(resource.inputs[key], as);
            }
        }
    }
    const namespace = typeof metadata.namespace === "string" ? metadata.namespace : undefined;
    return {
        kind,
        name,
        namespace,
        urn,
        retained: resource.retained,
        content: ordered(content) as Record<string, unknown>,
    };
}

function sortKey({ kind, name, namespace = "" }: Manifest): string {
    const rank = ORDER.indexOf(kind);
    return [String(rank < 0 ? ORDER.length : rank).padStart(2, "0"), kind, name, namespace].join("\0");
}

/** Compares code units: unlike localeCompare, independent of the machine's locale. */
function compare(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

function ordered(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(ordered);
    }
    if (!isRecord(value)) {
        return value;
    }
    const rank = (key: string) => {
        const index = FIRST_KEYS.indexOf(key);
        return index < 0 ? FIRST_KEYS.length : index;
    };
    const keys = Object.keys(value).sort((a, b) => rank(a) - rank(b) || compare(a, b));
    return Object.fromEntries(keys.map((key) => [key, ordered(value[key])]));
}
