import { componentsWith } from "./component";
import { computedText } from "./tokens";

/** One installed Keep: several may share a cluster, and even a namespace, as long as their names differ. */
export interface Release {
    /** Prefix of every object's name, `keep:release` of the stack. */
    readonly name: string;
    /** Namespace of the pods. */
    readonly namespace: string;
    /** Keep's version, for the label that tools show on what runs Keep's own images. */
    readonly version: string;
    /** `keep:labels`, put on every object beside ours. */
    readonly labels: Readonly<Record<string, string>>;
}

/** Settings that a release is made from. */
export interface ReleaseSettings {
    readonly release: string;
    readonly namespace: { readonly name?: string };
    readonly version: string;
    readonly labels: Readonly<Record<string, string>>;
}

/** The release that a stack describes. Its namespace has the release's name unless the stack names another. */
export function releaseOf({ labels, namespace, release, version }: ReleaseSettings): Release {
    return { name: release, namespace: namespace.name ?? release, version, labels };
}

/** How the objects of one part of a release are named, labelled and found. */
export interface Scope {
    /** Physical name of the part's objects: `<release>-<component>`. */
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    /** The labels that tell the part's pods from all others. Immutable in a Deployment, so never the version. */
    readonly selector: Readonly<Record<string, string>>;
}

/** On other images Keep's version would be wrong, and every upgrade would restart the database. */
const VERSIONED: readonly string[] = componentsWith("versioned");

/**
 * Names and labels of one part of a release, by the labels that Kubernetes recommends
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/).
 */
export function scopeOf(release: Release, component: string): Scope {
    const selector = { ...releaseSelector(release), "app.kubernetes.io/component": component };
    return {
        name: `${release.name}-${component}`,
        namespace: release.namespace,
        selector,
        labels: {
            ...release.labels,
            ...selector,
            ...(VERSIONED.includes(component) ? { "app.kubernetes.io/version": release.version } : {}),
            "app.kubernetes.io/part-of": "keep",
            "app.kubernetes.io/managed-by": "Pulumi",
        },
    };
}

/** The labels that all pods of a release have, and no other pods. */
export function releaseSelector(release: Release): Readonly<Record<string, string>> {
    return { "app.kubernetes.io/name": "keep", "app.kubernetes.io/instance": release.name };
}

/**
 * Name of a Secret of ours. A dot keeps it out of the names that Keep itself writes (`keep-<something>`, see
 * keep/secretmanager/kubernetessecretmanager.py), so an API key called "database" can never overwrite it.
 */
export function secretName(release: Release, part: string): string {
    return `${release.name}.${part}`;
}

/** Name of a cluster-scoped object, or of a namespace: unique in the cluster although releases repeat per namespace. */
export function clusterName(release: Release, part: string): string {
    return computedText(release.namespace, (namespace) =>
        release.name === namespace ? `${release.name}-${part}` : `${namespace}-${release.name}-${part}`,
    );
}

/**
 * Names of the claim and volume that hold the data of a server. Each kind of database has a disk of its own: another
 * `keep:database.kind` gets a new one, instead of the files of a server that it cannot read.
 */
export function volumeNames(release: Release, kind: string): { readonly name: string; readonly clusterName: string } {
    return { name: `${release.name}-${kind}`, clusterName: clusterName(release, kind) };
}
