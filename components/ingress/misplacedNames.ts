import { isTypo } from "../fields/nearest";
import { oneOf } from "../fields/vocabulary";
import { SOURCE_RANGES } from "../kubernetes/sourceRanges";
import { isOfLoadBalancer, isReadByClouds, loadBalancerFault } from "../tiers/loadBalancer";
import { isOfOtherCloud } from "../tiers/loadBalancerNames";
import { isListed } from "./accessTable";
import { isAboutAccess, READERS, type Reader, readName, unknownFault } from "./annotationReaders";
import { copyOf } from "./copiedAnnotations";
import { hasService } from "./gatewayInfrastructure";
import { type KindName, kinds } from "./kinds";
import type { ExposedConfig } from "./settings";
import { accessWords, OF_KUBERNETES, ownAndDomain, SUGGESTED } from "./unlistedNames";

/** Labels of domains that only the controllers of ingresses have. */
const CONTROLLERS = /^(alb|appgw|haproxy|haproxy-ingress|kong|konghq|nginx|router|traefik)$/;

/** Domain of OpenShift's controller of routes, which is no typo of that of its router. */
const ROUTES = "route.openshift.io";

/** Labels of Docker containers (https://doc.traefik.io/traefik/reference/routing-configuration/other-providers/docker/). */
const DOCKER = /^traefik\.(backend|docker|enable|frontend|http|swarm|tcp|udp)\b/;

/** Domains of names that controllers read. */
const DOMAINS = READERS.map(({ prefix }) => domainOf(prefix));

/**
 * The message for an annotation of an ingress whose domain no controller reads, although its name is one about access.
 * Names of other tools, such as external-dns or a dashboard, are accepted: nobody expects them to keep anybody out. With
 * the kind for any controller, unknown domains are accepted too.
 */
export function misplacedFault(
    config: ExposedConfig,
    [name, value]: readonly [string, string],
    { values, ofTier }: { readonly values: Readonly<Record<string, string>>; readonly ofTier: boolean },
): string | undefined {
    const { kind } = config;
    const annotations = { ...config.annotations, ...values };
    // GKE reads networking.gke.io/suppress-firewall-xpn-error from the Ingress, and others with this domain from Services.
    if (READERS.some((reader) => isListedBy(reader, name)) && !isReadByClouds(name)) {
        return undefined;
    }
    const copied = copyOf(config, name, ofTier);
    const ofService = copied === "never" ? undefined : loadBalancerFault(name, value, { annotations, isCopied: true });
    if (isOfLoadBalancer(name) && copied !== "always") {
        const isTypoOf = ({ kind: reader, prefix, names = [] }: Reader) =>
            reader === kind && names.some((one) => isTypo(name, prefix + one) && !isReadByClouds(prefix + one));
        return (
            (READERS.some(isTypoOf) ? unknownFault(kind, name) : undefined) ??
            `is only read from Services of load balancers, ${notCopied(config, name, ofTier)}`
        );
    }
    if (ofService !== undefined || isOfLoadBalancer(name) || (copied === "always" && isReadByClouds(name))) {
        return ofService;
    }
    const removed = removedFault(name);
    if (removed !== undefined) {
        return removed;
    }
    if (READERS.some((reader) => isRead(reader, kind, name))) {
        return undefined;
    }
    if (DOCKER.test(name)) {
        return "is a label of Docker, which Traefik does not read in Kubernetes, so it has no effect. Use an annotation of traefik.ingress.kubernetes.io";
    }
    const [own, domain] = meantName(name);
    const named = READERS.filter((reader) => isListed(own, reader.names ?? []));
    const isAccess =
        accessWords(own) !== undefined || named.some((reader) => isAboutAccess(reader.kind, reader.prefix + own, own));
    const isWrongDomain =
        domain !== ROUTES &&
        DOMAINS.every((other) => other !== domain) &&
        DOMAINS.some((other) => isTypo(domain, other));
    if (!isWrongDomain && !(isAccess && mayBeMeant(kind, own, domain, named.length > 0))) {
        return undefined;
    }
    const suggested = named
        .filter((reader) => kinds[kind].isAnyController ?? reader.kind === kind)
        .map(({ prefix }) => prefix + own);
    const fix =
        suggested.length === 0
            ? `Remove it, and ${howTo(kind)}`
            : `Perhaps you meant ${oneOf([...new Set(suggested)].slice(0, SUGGESTED))}`;
    return `is no annotation that a controller reads, so it ${isAccess ? "would keep nobody out" : "has no effect"}. ${fix}`;
}

/** Why an annotation of a load balancer would keep nobody out, and what to do. */
function notCopied(config: ExposedConfig, name: string, ofTier: boolean): string {
    const { kind } = config;
    if (kind !== "gateway" || config.className === undefined || ofTier) {
        const fix = kind === "gateway" ? "set the access in the Gateway" : howTo(kind);
        return `so it would keep nobody out here. Remove it, and ${fix}`;
    }
    // The field is what every implementation reads from a Service.
    const [meant, it] =
        name === SOURCE_RANGES
            ? ["yourself, with the ranges where its implementation reads them", "spec.loadBalancerSourceRanges"]
            : ["with the annotation yourself", "it"];
    return hasService(config)
        ? `and the program does not know whether the controller of keep:ingress.className (${config.className}) copies it to one, so it could keep nobody out. Remove it, and create the Gateway ${meant}, as keep:ingress.parentRef; or set ${it} on the Service of the controller`
        : `and the controller of keep:ingress.className (${config.className}) copies it to none, so it would keep nobody out. Remove it, and set ${it} on the Service of the controller, or use what the controller reads`;
}

/** Earlier names of Kong's annotations (CHANGELOG.md of Kong/kubernetes-ingress-controller, 2.0.0). */
const REMOVED = /^([^/]+\.)?(plugins?|configuration)\.konghq\.com(\/|$)/;

/** The message for an annotation that controllers read only in earlier versions. */
export function removedFault(name: string): string | undefined {
    return REMOVED.test(name)
        ? "is an earlier name of an annotation, which Kong's controller no longer reads, so it has no effect. Use konghq.com/plugins, or another name after konghq.com/"
        : undefined;
}

/** Whether a name is one that a controller reads from the objects of its kind. */
function isListedBy({ prefix, names = [] }: Reader, name: string): boolean {
    return name.startsWith(prefix) && isListed(name.slice(prefix.length), names);
}

/** Whether a controller reads a name, or has rules of its own for it. Some read names with any domain, or without one. */
function isRead({ kind: reader, prefix, names = [] }: Reader, kind: KindName, name: string): boolean {
    const read = readName(kind, name);
    return name.startsWith(prefix) || (reader === kind && isListedBy({ kind: reader, prefix, names }, read));
}

function howTo(kind: KindName): string {
    return kinds[kind].isAnyController
        ? "use what your controller reads from an Ingress"
        : `use what the controller of kind ${kind} reads`;
}

/**
 * Whether a name about access with a domain that no controller reads is meant for one. With the kind for any controller,
 * a domain with the label of a controller may belong to another, such as `ingress.alb.yc.io` of Yandex. Others read names
 * without a domain, such as `virtual-server-waf-profile` of FortiADC, so that only one known with a domain is rejected.
 * @param isKnown whether a controller reads the name with a domain
 */
function mayBeMeant(kind: KindName, own: string, domain: string, isKnown: boolean): boolean {
    const isAny = kinds[kind].isAnyController === true;
    const labels = domain.split(".");
    const named = isAny && !/(^|\.)(kubernetes|k8s)\.io$/.test(domain) ? labels.slice(-2) : labels;
    return (
        (domain === "" && (!isAny || isKnown)) ||
        (OF_KUBERNETES.test(domain) && !(isAny && isOfOtherCloud(own, domain))) ||
        (!isAny && labels.includes("ingress")) ||
        named.some((label) => CONTROLLERS.test(label))
    );
}

/** An annotation's name without its domain, and its domain. A dot in place of the slash is a common mistake. */
function meantName(name: string): [own: string, domain: string] {
    const dotted = name.includes("/")
        ? undefined
        : READERS.find((reader) => name.startsWith(`${domainOf(reader.prefix)}.`));
    return dotted === undefined ? ownAndDomain(name) : [name.slice(dotted.prefix.length), ""];
}

function domainOf(prefix: Reader["prefix"]): string {
    return prefix.slice(0, prefix.indexOf("/"));
}
