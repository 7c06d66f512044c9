import { componentsWith } from "./component";
import { computedText } from "./tokens";

/** An installation. Several installations can share a cluster, or a namespace if their names differ. */
export interface Release {
    /** Prefix of the names of all objects: `keep:release`. */
    readonly name: string;
    /** Namespace of the pods. */
    readonly namespace: string;
    /** Version of Keep, for the label `app.kubernetes.io/version`. */
    readonly version: string;
    /** `keep:labels`, additional labels of all objects. */
    readonly labels: Readonly<Record<string, string>>;
}

/** Settings of a release. */
export interface ReleaseSettings {
    readonly release: string;
    readonly namespace: { readonly name?: string };
    readonly version: string;
    readonly labels: Readonly<Record<string, string>>;
}

/** The release of a stack. By default, its namespace has the same name. */
export function releaseOf({ labels, namespace, release, version }: ReleaseSettings): Release {
    return { name: release, namespace: namespace.name ?? release, version, labels };
}

/** Name, labels and selector of a component. */
export interface Scope {
    /** Name of the component's objects: `<release>-<component>`. */
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    /**
     * Labels that select the component's pods. They do not include the version, because they are immutable in a
     * Deployment.
     */
    readonly selector: Readonly<Record<string, string>>;
}

/** Label with the name of a component. */
export const COMPONENT_LABEL = "app.kubernetes.io/component";

/** Name of a component, which is also the name of the main container of its pods. */
export function componentOf(scope: Scope): string {
    return scope.selector[COMPONENT_LABEL] ?? scope.name;
}

/**
 * Components with the version label. On other images, it would be wrong, and each upgrade would restart the database.
 */
const VERSIONED: readonly string[] = componentsWith("versioned");

/**
 * Name, labels and selector of a component, with the labels that Kubernetes recommends
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/).
 */
export function scopeOf(release: Release, component: string): Scope {
    const selector = { ...releaseSelector(release), [COMPONENT_LABEL]: component };
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

/** Labels that select all pods of a release. */
export function releaseSelector(release: Release): Readonly<Record<string, string>> {
    return { "app.kubernetes.io/name": "keep", "app.kubernetes.io/instance": release.name };
}

/**
 * Name of a Secret of the stack. It contains a dot, so that it cannot be the name of a Secret that Keep itself creates
 * (`keep-<name>`, keep/secretmanager/kubernetessecretmanager.py), for example for an API key with the name "database".
 */
export function secretName(release: Release, part: string): string {
    return `${release.name}.${part}`;
}

/**
 * Name of a cluster-scoped object or a namespace. It includes the namespace, because two namespaces can have a release
 * of the same name.
 */
export function clusterName(release: Release, part: string): string {
    return computedText(release.namespace, (namespace) =>
        release.name === namespace ? `${release.name}-${part}` : `${namespace}-${release.name}-${part}`,
    );
}

/**
 * Names of the claim and volume of a database server. Each kind of database has its own volume, because a server cannot
 * read the files of another kind.
 */
export function volumeNames(release: Release, kind: string): { readonly name: string; readonly clusterName: string } {
    return { name: `${release.name}-${kind}`, clusterName: clusterName(release, kind) };
}
