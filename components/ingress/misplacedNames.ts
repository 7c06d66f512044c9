import { oneOf } from "../fields/vocabulary";
import { isOfLoadBalancer, loadBalancerFault } from "../tiers/loadBalancer";
import { isListed } from "./accessTable";
import { isAboutAccess, READERS, type Reader, readName } from "./annotationReaders";
import { hasService } from "./gatewayInfrastructure";
import { type KindName, kinds } from "./kinds";
import type { ExposedConfig } from "./settings";
import { accessWords, isTypo, OF_KUBERNETES } from "./unlistedNames";

/** Labels of domains that only the controllers of ingresses have. */
const CONTROLLERS = /^(alb|appgw|haproxy|haproxy-ingress|kong|konghq|nginx|router|traefik)$/;

/** Domain of OpenShift's controller of routes, which is no typo of that of its router. */
const ROUTES = "route.openshift.io";

/** Labels of Docker containers (https://doc.traefik.io/traefik/reference/routing-configuration/other-providers/docker/). */
const DOCKER = /^traefik\.(docker|enable|http|swarm|tcp|udp)\b/;

/** Domains of names that controllers read. */
const DOMAINS = READERS.map(({ prefix }) => domainOf(prefix));

/** Maximum number of suggested names. */
const SUGGESTED = 3;

/**
 * The message for an annotation of an ingress whose domain no controller reads, although its name is one about access.
 * Names of other tools, such as external-dns or a dashboard, are accepted: nobody expects them to keep anybody out. With
 * the kind for any controller, unknown domains are accepted too.
 */
export function misplacedFault(
    config: ExposedConfig,
    [name, value]: readonly [string, string],
    ofTier: boolean,
): string | undefined {
    const { annotations, kind } = config;
    const reachesService = kind === "gateway" && config.className !== undefined && hasService(config) && !ofTier;
    const ofService = reachesService ? loadBalancerFault(name, value, { annotations }) : undefined;
    if (ofService !== undefined) {
        return ofService;
    }
    if (isOfLoadBalancer(name)) {
        const fix = kind === "gateway" ? "set the access in the Gateway" : howTo(kind);
        return reachesService
            ? undefined
            : `is only read from Services of load balancers, so it would keep nobody out here. Remove it, and ${fix}`;
    }
    if (READERS.some((reader) => isRead(reader, kind, name))) {
        return undefined;
    }
    if (DOCKER.test(name)) {
        return "is a label of Docker, which Traefik does not read in Kubernetes, so it has no effect. Use an annotation of traefik.ingress.kubernetes.io";
    }
    const [own, domain] = ownAndDomain(name);
    const named = READERS.filter((reader) => isListed(own, reader.names ?? []));
    const isAccess =
        accessWords(own) !== undefined || named.some((reader) => isAboutAccess(reader.kind, reader.prefix + own, own));
    const isWrongDomain =
        domain !== ROUTES &&
        DOMAINS.every((other) => other !== domain) &&
        DOMAINS.some((other) => isTypo(domain, other));
    if (!isWrongDomain && !(isAccess && mayBeMeant(kind, domain))) {
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

/** Whether a controller reads a name, or has rules of its own for it. Some read names with any domain, or without one. */
function isRead({ kind: reader, prefix, names = [] }: Reader, kind: KindName, name: string): boolean {
    const read = readName(kind, name);
    return (
        name.startsWith(prefix) ||
        (reader === kind && read.startsWith(prefix) && isListed(read.slice(prefix.length), names))
    );
}

function howTo(kind: KindName): string {
    return kinds[kind].isAnyController
        ? "use what your controller reads from an Ingress"
        : `use what the controller of kind ${kind} reads`;
}

/** Whether a name about access with a domain that no controller reads is meant for one. */
function mayBeMeant(kind: KindName, domain: string): boolean {
    const labels = domain.split(".");
    const hasIngress = kinds[kind].isAnyController === undefined && labels.includes("ingress");
    return domain === "" || OF_KUBERNETES.test(domain) || hasIngress || labels.some((label) => CONTROLLERS.test(label));
}

/** An annotation's name without its domain, and its domain. A dot in place of the slash is a common mistake. */
function ownAndDomain(name: string): [string, string] {
    const slash = name.lastIndexOf("/");
    const dotted = slash < 0 ? READERS.find((reader) => name.startsWith(`${domainOf(reader.prefix)}.`)) : undefined;
    return dotted === undefined
        ? [name.slice(slash + 1), name.slice(0, Math.max(slash, 0))]
        : [name.slice(dotted.prefix.length), ""];
}

function domainOf(prefix: Reader["prefix"]): string {
    return prefix.slice(0, prefix.indexOf("/"));
}
