import type { SharedConfig } from "./fields";
import type { types } from "@pulumi/kubernetes";

import { type Scope, scopeOf } from "../naming";
import type { IngressContext, IngressObject } from "./kind";
import { hostsOf, type PathRule, type TierName } from "./paths";

/** One path of an Ingress. */
export type IngressPath = types.input.networking.v1.HTTPIngressPath;

/** Properties that differ between the Ingresses of a kind. */
interface IngressSpec {
    /** Suffix of the name, if a kind has several Ingresses. */
    readonly part?: string | undefined;
    /** IngressClass; undefined: the cluster's default, or set by an annotation. */
    readonly className: string | undefined;
    readonly rules: readonly PathRule[];
    /** The paths of a rule, in the form that the controller matches. */
    readonly paths: (rule: PathRule) => readonly IngressPath[];
    readonly annotations: Annotations;
    /** Separators of annotations with a list, to which a user's entries are added. */
    readonly joined?: Readonly<Record<string, string>>;
}

type Annotations = Readonly<Record<string, string>>;

/** An Ingress with the paths of the given rules, and the certificate of their hosts. */
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

/** Merges the program's annotations with the user's, including those of a tier if all rules are of that tier. */
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
            const separator = Object.hasOwn(joined, name) ? joined[name] : undefined;
            const present = all[name];
            all[name] = separator === undefined || present === undefined ? value : union(value, present, separator);
        }
    }
    return all;
}

/** A list with the entries of another one that it lacks. Kong accepts a plugin only once for a route. */
function union(list: string, other: string, separator: string): string {
    const entries = list.split(separator).map((one) => one.trim());
    return [list, ...other.split(separator).filter((one) => !entries.includes(one.trim()))].join(separator);
}

/** Groups the rules: one group for each tier with `tierAnnotations`, named by the tier, and one for all other tiers. */
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

/** A custom resource of a controller. */
export function customObject(
    suffix: string,
    { name, namespace, labels }: Pick<Scope, "name" | "namespace" | "labels">,
    {
        apiVersion,
        kind,
        annotations,
        spec,
        replaceOnChanges,
    }: {
        readonly apiVersion: string;
        readonly kind: string;
        readonly annotations?: Readonly<Record<string, string>>;
        readonly spec: object;
        readonly replaceOnChanges?: string[];
    },
): IngressObject {
    const resource = { apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec };
    return { suffix, resource, replaceOnChanges };
}

/** The path of a rule, for controllers that match whole segments as Kubernetes specifies. */
export function prefixPath({ prefix, endpoint }: PathRule): IngressPath[] {
    return [{ path: prefix, pathType: "Prefix", backend: backendOf(endpoint) }];
}

/**
 * The paths of a rule, for controllers that match characters, where /v2 would match /v2x: the exact path, and the
 * prefix with a slash. A blocked path is a prefix without a slash, because the API decodes /v2/metrics%2Fprocessing to
 * a path below /v2/metrics.
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

/** The backend of a path: a Service and its port. */
export function backendOf({ service, portName }: PathRule["endpoint"]): IngressPath["backend"] {
    return { service: { name: service, port: { name: portName } } };
}

/**
 * Groups the rules by tier and rewrite, for controllers whose rewrite applies to a whole Ingress. A group has the name
 * of its most general rule.
 */
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

/** Escapes a prefix for a regular expression. Its only special character is the dot. */
export function escapeRegExp(prefix: string): string {
    return prefix.replaceAll(".", "\\.");
}
