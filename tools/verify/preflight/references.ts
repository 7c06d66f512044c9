import { isRecord } from "../../inProcess/secrets";
import type { Manifest } from "../../preview/manifests";
import type { Check, Finding, Subject } from "./cluster";

/** Checks that the cluster has all kinds of objects that the stack creates, also those of operators. */
export const kindFindings: Check = async ({ cluster, manifests }) => {
    const kinds = new Map(
        manifests.map(({ kind, content }) => [
            `${kind} of ${String(content.apiVersion)}`,
            { kind, apiVersion: String(content.apiVersion) },
        ]),
    );
    const failed: Finding[] = [];
    for (const [name, { apiVersion, kind }] of kinds) {
        if (!(await cluster.serves(apiVersion, kind))) {
            failed.push({
                problem: `the cluster has no kind ${name}, which the stack creates. Install its operator`,
                next: `kubectl api-resources --api-group=${apiVersion.replace(/\/?[^/]*$/, "")}`,
            });
        }
    }
    return { passed: `all ${kinds.size} kinds are known`, failed };
};

/** A reference of an object of the stack to another object. */
interface Reference {
    readonly from: string;
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    /** Undefined: cluster-scoped. */
    readonly namespace: string | undefined;
    /** Key that the object must have. */
    readonly key?: string;
}

/** Fields that refer to cluster-scoped objects. */
const CLUSTER_FIELDS: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
    ingressClassName: ["networking.k8s.io/v1", "IngressClass"],
    priorityClassName: ["scheduling.k8s.io/v1", "PriorityClass"],
    storageClassName: ["storage.k8s.io/v1", "StorageClass"],
};

/** Checks that all objects exist to which the stack refers without creating them, with the keys that it reads. */
export const referenceFindings: Check = async ({ cluster, manifests, release }) => {
    const references = new Map(
        manifests.flatMap((manifest) =>
            referencesOf(manifest).map((one) => [JSON.stringify({ ...one, from: "" }), one]),
        ),
    );
    const failed: Finding[] = [];
    let count = 0;
    for (const reference of references.values()) {
        if (isCreated(reference, manifests)) {
            continue;
        }
        count += 1;
        const { apiVersion, from, key, kind, name, namespace } = reference;
        const object = await cluster.get(apiVersion, kind, name, namespace);
        const place = `${kind} ${name}${namespace === undefined ? "" : ` in namespace ${namespace}`}`;
        const show = `kubectl ${namespace === undefined ? "" : `-n ${namespace} `}get ${kind.toLowerCase()}`;
        if (object === undefined) {
            failed.push({ problem: `${from} needs ${place}, which does not exist`, next: show });
        } else if (key !== undefined && !keysOf(object).includes(key)) {
            failed.push({
                problem: `${from} needs key ${key} of ${place}, which has no such key`,
                next: `${show} ${name} -o yaml`,
            });
        }
    }
    return {
        passed: count === 0 ? `the stack needs only what it creates in ${release.namespace}` : `all ${count} exist`,
        failed,
    };
};

function isCreated({ kind, name, namespace }: Reference, manifests: Subject["manifests"]): boolean {
    return manifests.some(
        (manifest) =>
            manifest.namespace === namespace &&
            ((manifest.kind === kind && manifest.name === name) ||
                // cert-manager creates the Secret of a Certificate.
                (kind === "Secret" &&
                    manifest.kind === "Certificate" &&
                    isRecord(manifest.content.spec) &&
                    manifest.content.spec.secretName === name)),
    );
}

function keysOf({ data, binaryData }: Readonly<Record<string, unknown>>): string[] {
    return [data, binaryData].flatMap((part) => (isRecord(part) ? Object.keys(part) : []));
}

/** All references in an object, at any depth. */
function referencesOf({ kind, name, namespace, content }: Manifest): Reference[] {
    const from = `${kind} ${name}`;
    const found: Reference[] = [];
    const local = (kind: "ConfigMap" | "Secret" | "ServiceAccount", name: unknown, key?: unknown) => {
        if (typeof name === "string" && name !== "") {
            found.push({ from, apiVersion: "v1", kind, name, namespace, ...(typeof key === "string" ? { key } : {}) });
        }
    };
    const visit = (value: unknown, field = ""): void => {
        if (Array.isArray(value)) {
            value.forEach((item) => {
                visit(item, field);
            });
            return;
        }
        const cluster = CLUSTER_FIELDS[field];
        if (typeof value === "string") {
            if (cluster !== undefined && value !== "") {
                found.push({ from, apiVersion: cluster[0], kind: cluster[1], name: value, namespace: undefined });
            } else if (field === "serviceAccountName") {
                local("ServiceAccount", value);
            }
            return;
        }
        if (!isRecord(value) || value.optional === true) {
            return;
        }
        switch (field) {
            case "secretKeyRef":
                local("Secret", value.name, value.key);
                break;
            case "configMapKeyRef":
                local("ConfigMap", value.name, value.key);
                break;
            case "secretRef":
            case "imagePullSecrets":
                local("Secret", value.name);
                break;
            case "configMapRef":
                local("ConfigMap", value.name);
                break;
            case "tls":
                local("Secret", value.secretName);
                break;
            case "secret":
            case "configMap": {
                const items = Array.isArray(value.items) ? value.items.filter(isRecord) : [{ key: undefined }];
                items.forEach(({ key }) => {
                    local(field === "secret" ? "Secret" : "ConfigMap", value.secretName ?? value.name, key);
                });
                break;
            }
            case "issuerRef": {
                const { kind = "Issuer", name: issuer } = value;
                const scope = kind === "ClusterIssuer" ? undefined : namespace;
                if (value.group === undefined || value.group === "cert-manager.io") {
                    found.push({
                        from,
                        apiVersion: "cert-manager.io/v1",
                        kind: String(kind),
                        name: String(issuer),
                        namespace: scope,
                    });
                }
                break;
            }
            case "parentRefs":
                found.push({
                    from,
                    apiVersion: "gateway.networking.k8s.io/v1",
                    kind: "Gateway",
                    name: String(value.name),
                    namespace: typeof value.namespace === "string" ? value.namespace : namespace,
                });
                break;
        }
        Object.entries(value).forEach(([key, inner]) => {
            visit(inner, key);
        });
    };
    visit(content);
    return found;
}
