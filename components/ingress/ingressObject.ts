import type { SharedConfig } from "./fields";
import type { types } from "@pulumi/kubernetes";

import { type Scope, scopeOf } from "../naming";
import type { IngressContext, IngressObject } from "./kind";
import { hostsOf, type PathRule, type TierName } from "./paths";

/** One path of an Ingress. */
export type IngressPath = types.input.networking.v1.HTTPIngressPath;

/** What one Ingress has of its own, beside what all Ingresses of a kind share. */
interface IngressSpec {
    /** Part of the name, where a kind has several Ingresses. */
    readonly part?: string | undefined;
    /** IngressClass; undefined: the cluster's default, or named by an annotation. */
    readonly className: string | undefined;
    readonly rules: readonly PathRule[];
    /** The paths of a rule as the controller matches them. */
    readonly paths: (rule: PathRule) => readonly IngressPath[];
    readonly annotations: Annotations;
    /** Annotations that hold a list: a user's entries join ours, with this separator. */
    readonly joined?: Readonly<Record<string, string>>;
}

type Annotations = Readonly<Record<string, string>>;

/** An Ingress with the paths of some rules, and the certificate of their hosts. */
export function ingressObject(
    context: IngressContext<SharedConfig & { readonly await: boolean }>,
    { part, className, rules, paths, annotations, joined }: IngressSpec,
): IngressObject {
    const { release, config, component, encrypted, certificate } = context;
    const { name, namespace, labels } = scopeOf(release, part === undefined ? component : `${component}-${part}`);
    const hosts = hostsOf(rules);
    return {
        suffix: part === undefined ? "" : `-${part}`,
        ingress: {
            metadata: {
                name,
                namespace,
                labels,
                annotations: withGiven(
                    { ...annotations, ...(config.await ? {} : { "pulumi.com/skipAwait": "true" }) },
                    config,
                    rules,
                    joined,
                ),
            },
            spec: {
                ingressClassName: className,
                rules: hosts.map((host) => ({
                    host,
                    http: { paths: rules.filter((rule) => rule.hosts.includes(host)).flatMap(paths) },
                })),
                tls: encrypted ? [{ hosts, secretName: certificate }] : undefined,
            },
        },
    };
}

/** Our annotations with the user's, and those of a tier where all rules are of that tier. */
export function withGiven(
    own: Annotations,
    { annotations, tierAnnotations }: Pick<SharedConfig, "annotations" | "tierAnnotations">,
    rules: readonly PathRule[],
    joined: Readonly<Record<string, string>> = {},
): Record<string, string> {
    const tiers = [...new Set(rules.map(({ tier }) => tier))];
    const all = { ...own };
    for (const given of [annotations, ...(tiers.length === 1 ? tiers.map((tier) => tierAnnotations[tier]) : [])]) {
        for (const [name, value] of Object.entries(given)) {
            const [separator, present] = [joined[name], all[name]];
            all[name] = separator === undefined || present === undefined ? value : value + separator + present;
        }
    }
    return all;
}

/** The rules of each tier with annotations of its own, named by the tier, and those of all others together. */
export function splitByTier(
    rules: readonly PathRule[],
    { tierAnnotations }: Pick<SharedConfig, "tierAnnotations">,
): { readonly part: TierName | undefined; readonly rules: readonly PathRule[] }[] {
    const partOf = ({ tier }: PathRule) => (Object.keys(tierAnnotations[tier]).length > 0 ? tier : undefined);
    return [...new Set(rules.map(partOf))].map((part) => ({
        part,
        rules: rules.filter((rule) => partOf(rule) === part),
    }));
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
export function prefixPath({ prefix, endpoint }: PathRule): IngressPath[] {
    return [{ path: prefix, pathType: "Prefix", backend: backendOf(endpoint) }];
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
        const key = `${rule.tier} ${rule.strip} ${rule.hosts.join()}`;
        groups.set(key, [...(groups.get(key) ?? []), rule]);
    }
    return [...groups.values()].flatMap((group) => group.slice(-1).map(({ name }) => ({ part: name, rules: group })));
}

/** A prefix as a regular expression that matches it alone. Of its characters only the dot has another meaning there. */
export function escapeRegExp(prefix: string): string {
    return prefix.replaceAll(".", "\\.");
}
