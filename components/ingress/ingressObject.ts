import type { types } from "@pulumi/kubernetes";

import { type Scope, scopeOf } from "../naming";
import type { IngressContext, IngressObject, SharedConfig } from "./kind";
import type { PathRule } from "./paths";

/** One path of an Ingress. */
export type IngressPath = types.input.networking.v1.HTTPIngressPath;

/** What one Ingress has of its own, beside what all Ingresses of a kind share. */
interface IngressSpec {
    /** Part of the name, where a kind has several Ingresses. */
    readonly part?: string;
    /** IngressClass; undefined: the cluster's default, or named by an annotation. */
    readonly className: string | undefined;
    readonly paths: readonly IngressPath[];
    readonly annotations: Readonly<Record<string, string>>;
}

/** An Ingress with the same paths on every host, and their certificate. Its name contains the kind, so that objects of two kinds can coexist. */
export function ingressObject(
    context: IngressContext<SharedConfig & { readonly kind: string; readonly await: boolean }>,
    { part, className, paths, annotations }: IngressSpec,
): IngressObject {
    const { release, config, hosts, encrypted, certificate } = context;
    const { name, namespace, labels } = scopeOf(release, part === undefined ? config.kind : `${config.kind}-${part}`);
    return {
        suffix: part === undefined ? "" : `-${part}`,
        ingress: {
            metadata: {
                name,
                namespace,
                labels,
                annotations: {
                    ...annotations,
                    ...(config.await ? {} : { "pulumi.com/skipAwait": "true" }),
                    ...config.annotations,
                },
            },
            spec: {
                ingressClassName: className,
                rules: hosts.map((host) => ({ host, http: { paths: [...paths] } })),
                tls: encrypted ? [{ hosts: [...hosts], secretName: certificate }] : undefined,
            },
        },
    };
}

/** An object of a controller's own kind. */
export function customObject(
    suffix: string,
    { name, namespace, labels }: Pick<Scope, "name" | "namespace" | "labels">,
    {
        apiVersion,
        kind,
        annotations,
        spec,
    }: {
        readonly apiVersion: string;
        readonly kind: string;
        readonly annotations?: Readonly<Record<string, string>>;
        readonly spec: object;
    },
): IngressObject {
    return { suffix, resource: { apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec } };
}

/** A path for controllers that match by whole segments, as Kubernetes specifies it. */
export function prefixPath({ prefix, endpoint }: PathRule): IngressPath {
    return { path: prefix, pathType: "Prefix", backend: backendOf(endpoint) };
}

/**
 * The same for controllers that match by characters, where /v2 would match /v2x: the path itself, and all below it. A blocked
 * path matches by characters, since the API takes /v2/metrics%2Fprocessing for a path below /v2/metrics.
 */
export function exactAndPrefixPaths({ prefix, endpoint, blocked }: PathRule): IngressPath[] {
    const backend = backendOf(endpoint);
    return prefix === "/" || blocked
        ? [{ path: prefix, pathType: "Prefix", backend }]
        : [
              { path: prefix, pathType: "Exact", backend },
              { path: `${prefix}/`, pathType: "Prefix", backend },
          ];
}

/** The Service behind a path. */
export function backendOf({ service, portName }: PathRule["endpoint"]): IngressPath["backend"] {
    return { service: { name: service, port: { name: portName } } };
}

/** The rules by tier and rewriting, for controllers that rewrite a whole Ingress alike. A group is named by its most general rule. */
export function groupByRewrite(
    rules: readonly PathRule[],
): { readonly part: PathRule["name"]; readonly rules: readonly PathRule[] }[] {
    const groups = new Map<string, PathRule[]>();
    for (const rule of rules) {
        const key = `${rule.tier} ${rule.strip}`;
        groups.set(key, [...(groups.get(key) ?? []), rule]);
    }
    return [...groups.values()].flatMap((group) => group.slice(-1).map(({ name }) => ({ part: name, rules: group })));
}

/** A prefix as a regular expression that matches it alone. Of its characters only the dot has another meaning there. */
export function escapeRegExp(prefix: string): string {
    return prefix.replaceAll(".", "\\.");
}
