import type { Invariant } from "./invariant";

const CLUSTER_SCOPED = ["Namespace", "PersistentVolume", "ClusterRole", "ClusterRoleBinding"];

const LABELS = ["name", "instance", "component", "part-of", "managed-by"];

/** What every object is called and labelled, and where it belongs. */
export const naming: Readonly<Record<string, Invariant>> = {
    "gives every resource a component as its parent": ({ run }) =>
        run.resources
            .filter(({ type, parent }) => type !== "keep:index:Keep" && (parent === undefined || parent.custom))
            .map(({ type, name }) => `${type} ${name}`),

    "lets every component say that it is complete": ({ run }) =>
        run.resources.filter(({ custom, outputs }) => !custom && outputs === undefined).map(({ name }) => name),

    "begins every logical name with that of its parent": ({ run }) =>
        run.resources
            .filter(({ name, parent }) => parent !== undefined && !`${name}-`.startsWith(`${parent.name}-`))
            .map(({ name, parent }) => `${name} in ${parent?.name ?? ""}`),

    "names every object, none twice": ({ objects }) => {
        const ids = objects.map(({ id }) => id);
        return [...ids.filter((id, index) => ids.indexOf(id) !== index), ...ids.filter((id) => id.endsWith("/?"))];
    },

    "puts every object into a namespace, unless it belongs to the cluster": ({ objects }) =>
        objects
            .filter(({ kind, namespace }) => (namespace === undefined) !== CLUSTER_SCOPED.includes(kind))
            .map(({ id }) => id),

    "keeps every name within the 63 characters of a DNS label, and a Secret's out of those that Keep writes": ({
        objects,
    }) =>
        objects
            .filter(({ kind, name }) => name.length > 63 || (kind === "Secret" && name.startsWith("keep-")))
            .map(({ id }) => id),

    "labels every object and every pod as Kubernetes recommends": ({ objects, pods }) =>
        [
            ...objects.map(({ id, labels }) => ({ id, labels })),
            ...pods.map(({ owner, labels }) => ({ id: `pod of ${owner.id}`, labels })),
        ]
            .filter(({ labels }) => LABELS.some((label) => (labels[`app.kubernetes.io/${label}`] ?? "") === ""))
            .map(({ id }) => id),

    "waits for the namespace with everything that it puts there": ({ objects, run }) => {
        const namespaces = run.all("Namespace");
        return objects
            .filter(({ namespace, resource }) => {
                const own = namespaces.find(
                    (made) => made.physicalName === namespace && rootOf(made) === rootOf(resource),
                );
                return own !== undefined && !waitsFor(resource, own.urn);
            })
            .map(({ id }) => id);
    },
};

/** Whether a resource, or a component that holds it, is made after another. */
function waitsFor(resource: Dependent, urn: string): boolean {
    return (
        resource.dependencies.some((dependency) => dependency.urn === urn) ||
        (resource.parent !== undefined && waitsFor(resource.parent, urn))
    );
}

/** Name of the Keep that a resource belongs to. */
function rootOf({ name, parent }: Dependent): string {
    return parent === undefined ? name : rootOf(parent);
}

interface Dependent {
    readonly name: string;
    readonly dependencies: readonly { readonly urn: string }[];
    readonly parent: Dependent | undefined;
}
