import { containersOf } from "../objects";
import type { Invariant, Whole } from "./invariant";

/** Something that a pod needs to find in its namespace. */
interface Reference {
    readonly from: string;
    readonly namespace: string | undefined;
    readonly kind: "Secret" | "ConfigMap" | "PersistentVolumeClaim";
    readonly name: string;
    readonly key?: string;
}

/** Everything that the pods refer to. */
function referencesOf({ pods }: Whole): Reference[] {
    return pods.flatMap((pod) => {
        const { namespace, id: from } = pod.owner;
        const to = (kind: Reference["kind"], name: string | undefined, key?: string): Reference[] =>
            name === undefined ? [] : [{ from, namespace, kind, name, key }];
        return [
            ...(pod.spec.imagePullSecrets ?? []).flatMap(({ name }) => to("Secret", name)),
            ...(pod.spec.volumes ?? []).flatMap(({ secret, configMap, persistentVolumeClaim }) => [
                ...to("Secret", secret?.secretName),
                ...to("ConfigMap", configMap?.name),
                ...to("PersistentVolumeClaim", persistentVolumeClaim?.claimName),
            ]),
            ...containersOf(pod).flatMap(({ env = [], envFrom = [] }) => [
                ...env.flatMap(({ valueFrom }) => [
                    ...to("Secret", valueFrom?.secretKeyRef?.name, valueFrom?.secretKeyRef?.key),
                    ...to("ConfigMap", valueFrom?.configMapKeyRef?.name, valueFrom?.configMapKeyRef?.key),
                ]),
                ...envFrom.flatMap(({ secretRef, configMapRef }) => [
                    ...to("Secret", secretRef?.name),
                    ...to("ConfigMap", configMapRef?.name),
                ]),
            ]),
        ];
    });
}

function isMade({ objects }: Whole, { kind, namespace, name, key }: Reference): boolean {
    return objects.some((object) => {
        // CloudNativePG makes it.
        if (object.kind === "Cluster" && kind === "Secret" && name === `${object.name}-app`) {
            return object.namespace === namespace;
        }
        const { stringData = {}, data = {} } = object.resource.inputs as Record<string, Record<string, string>>;
        const isThere = object.kind === kind && object.namespace === namespace && object.name === name;
        return isThere && (key === undefined || key in stringData || key in data);
    });
}

/** Whether the stack file names it as existing already. */
function isDeclared({ options }: Whole, { name, key }: Reference): boolean {
    const written = Object.values(options.config ?? {}).join("\n");
    return [name, ...(key === undefined ? [] : [key])].every((word) => written.includes(`"${word}"`));
}

/** The ports of a pod by name. */
function portsOf(whole: Whole, name: string, namespace: string | undefined): string[] {
    return whole.pods
        .filter(({ owner }) => owner.name === name && owner.namespace === namespace)
        .flatMap((pod) => containersOf(pod).flatMap(({ ports = [] }) => ports.map((port) => port.name ?? "")));
}

/** Which pods a selector finds, by the objects that own them. */
function found({ pods }: Whole, selector: Readonly<Record<string, string>>, namespace: string | undefined): string[] {
    return pods
        .filter(({ owner }) => owner.namespace === namespace)
        .filter(({ labels }) => Object.entries(selector).every(([key, value]) => labels[key] === value))
        .map(({ owner }) => `${owner.kind} ${owner.name}`);
}

interface Selecting {
    readonly selector?: Readonly<Record<string, string>> | { readonly matchLabels?: Readonly<Record<string, string>> };
}

function labelsIn({ selector = {} }: Selecting): Readonly<Record<string, string>> {
    return (typeof selector.matchLabels === "object" ? selector.matchLabels : selector) as Record<string, string>;
}

/** What keeps a second Keep out: the API server refuses to make it again. */
const FOR_OTHER_KEEPS = "only-one-keep-here";

/** What refers to what: everything that is named exists, and nothing else is hit. */
export const references: Readonly<Record<string, Invariant>> = {
    "makes, or is told of, every Secret, ConfigMap and claim that a pod refers to, with its key": (whole) =>
        referencesOf(whole)
            .filter((reference) => !isMade(whole, reference) && !isDeclared(whole, reference))
            .map(({ from, kind, name, key }) => `${from} wants ${kind} ${name}${key === undefined ? "" : `/${key}`}`),

    "makes no Secret or ConfigMap that no pod reads, nor who watches them": (whole) => {
        const wanted = [
            ...referencesOf(whole).map(({ kind, namespace, name }) => `${kind} ${namespace ?? "-"}/${name}`),
            ...watched(whole),
        ];
        return whole.objects
            .filter(({ kind, name }) => ["Secret", "ConfigMap"].includes(kind) && name !== FOR_OTHER_KEEPS)
            .map(({ id }) => id)
            .filter((id) => !wanted.includes(id));
    },

    "selects exactly its own pods by Service, Deployment and PodDisruptionBudget": (whole) =>
        whole.objects
            .filter(({ kind }) => ["Service", "Deployment", "PodDisruptionBudget"].includes(kind))
            .filter(({ name, namespace, spec }) => {
                const hits = found(whole, labelsIn(spec), namespace);
                return hits.join() !== `Deployment ${name}`;
            })
            .map(({ id }) => id),

    "spreads exactly its own pods": (whole) =>
        whole.pods.flatMap(({ owner, spec }) =>
            (spec.topologySpreadConstraints ?? [])
                .map(({ labelSelector }) => found(whole, labelSelector?.matchLabels ?? {}, owner.namespace).join())
                .filter((hits) => hits !== `Deployment ${owner.name}`)
                .map((hits) => `${owner.id} spreads ${hits}`),
        ),

    "sends every Service to a port that its pods have": (whole) =>
        whole.objects
            .filter(({ kind }) => kind === "Service")
            .flatMap(({ id, name, namespace, spec }) =>
                (spec.ports as { targetPort: string }[])
                    .filter(({ targetPort }) => !portsOf(whole, name, namespace).includes(targetPort))
                    .map(({ targetPort }) => `${id}: ${targetPort}`),
            ),

    "scales only what exists, and by no number of its own": (whole) =>
        whole.run.all("HorizontalPodAutoscaler").flatMap(({ inputs: { metadata, spec } }) => {
            const target = whole.run
                .all("Deployment")
                .map(({ inputs }) => inputs)
                .find(
                    (inputs) =>
                        inputs.metadata.name === spec.scaleTargetRef.name &&
                        inputs.metadata.namespace === metadata.namespace,
                );
            const isThere = target !== undefined;
            const isFixed = isThere && "replicas" in target.spec;
            return isThere && !isFixed ? [] : [metadata.name];
        }),

    "protects from disruption only what has more than one pod": (whole) =>
        whole.run
            .all("PodDisruptionBudget")
            .map(({ inputs }) => inputs.metadata.name)
            .filter((name) => {
                const scaler = whole.run
                    .all("HorizontalPodAutoscaler")
                    .find(({ physicalName }) => physicalName === name);
                const deployment = whole.run.all("Deployment").find(({ physicalName }) => physicalName === name);
                const scaled = whole.objects.find((object) => object.kind === "ScaledObject" && object.name === name);
                return (
                    (scaler?.inputs.spec.minReplicas ??
                        (scaled?.spec.minReplicaCount as number | undefined) ??
                        deployment?.inputs.spec.replicas ??
                        0) < 2
                );
            }),
};

/** What Prometheus and Grafana read. */
function watched({ objects }: Whole): string[] {
    const logins = objects
        .filter(({ kind }) => kind === "PodMonitor")
        .flatMap(({ namespace, spec }) =>
            [...JSON.stringify(spec).matchAll(/"(?:username|password)":\{[^}]*"name":"([^"]*)"/g)].map(
                ([, name]) => `Secret ${namespace ?? "-"}/${name ?? ""}`,
            ),
        );
    return [...logins, ...objects.filter(({ labels }) => "grafana_dashboard" in labels).map(({ id }) => id)];
}
