import type * as k8s from "@pulumi/kubernetes";

import type { EdgeConfig } from "./settings";
import { type Release, scopeOf } from "../naming";
import type { PathRule } from "./paths";
import type { Site } from "./site";

/** Settings of a kind that is made of Ingress objects. */
export type IngressObjectConfig = Extract<EdgeConfig, { await: boolean }>;

/** One path of an Ingress. */
export type IngressPath = k8s.types.input.networking.v1.HTTPIngressPath;

/** What one Ingress object is made from, beside the settings that all kinds share. */
export interface IngressObject {
    readonly release: Release;
    readonly config: IngressObjectConfig;
    readonly site: Site;
    /** Tells it apart from the other objects of its kind; undefined for the only one. */
    readonly part?: string;
    /** IngressClass; undefined: the cluster's default, or named by an annotation. */
    readonly className: string | undefined;
    readonly paths: readonly IngressPath[];
    /** The controller's dialect. */
    readonly annotations: Readonly<Record<string, string>>;
}

/** An Ingress with the same paths on every host, and their certificate. Its name has the kind in it, so that old and new can overlap. */
export function ingressObject(args: IngressObject): k8s.networking.v1.IngressArgs {
    const { release, config, site, part, className } = args;
    const scope = scopeOf(release, part === undefined ? config.kind : `${config.kind}-${part}`);
    return {
        metadata: {
            name: scope.name,
            namespace: scope.namespace,
            labels: scope.labels,
            annotations: {
                ...args.annotations,
                ...(config.await ? {} : { "pulumi.com/skipAwait": "true" }),
                ...config.annotations,
            },
        },
        spec: {
            ingressClassName: className,
            rules: site.hosts.map((host) => ({ host, http: { paths: [...args.paths] } })),
            tls: site.encrypted ? [{ hosts: [...site.hosts], secretName: site.certificate }] : undefined,
        },
    };
}

/** A path for controllers that match by whole segments, as Kubernetes wants it. */
export function segmentPath({ prefix, endpoint }: PathRule): IngressPath {
    return { path: prefix, pathType: "Prefix", backend: service(endpoint) };
}

/**
 * The same for controllers that compare letters, where /v2 would match /v2x: the path itself, and all below it. What is kept
 * from the public keeps the wide sense, as /v2/metrics%2Fprocessing is below /v2/metrics for the API.
 */
export function literalPaths({ prefix, endpoint, blind }: PathRule): IngressPath[] {
    const backend = service(endpoint);
    return prefix === "/" || blind
        ? [{ path: prefix, pathType: "Prefix", backend }]
        : [
              { path: prefix, pathType: "Exact", backend },
              { path: `${prefix}/`, pathType: "Prefix", backend },
          ];
}

/** The Service behind a path. */
export function service({ service, portName }: PathRule["endpoint"]): IngressPath["backend"] {
    return { service: { name: service, port: { name: portName } } };
}

/** The rules of each tier that see their path alike: for dialects whose rewriting applies to a whole Ingress. Named by the last, the most general. */
export function byRewriting(
    rules: readonly PathRule[],
): { readonly part: PathRule["name"]; readonly rules: readonly PathRule[] }[] {
    const parts = new Map<string, PathRule[]>();
    for (const rule of rules) {
        const alike = `${rule.tier} ${rule.strip}`;
        parts.set(alike, [...(parts.get(alike) ?? []), rule]);
    }
    return [...parts.values()].flatMap((alike) => alike.slice(-1).map(({ name }) => ({ part: name, rules: alike })));
}

/** A prefix as a regular expression that matches it alone. */
export function literal(prefix: string): string {
    return prefix.replaceAll(".", "\\.");
}
