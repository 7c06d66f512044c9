import { distance } from "fastest-levenshtein";

import { isRange } from "../fields/peer";
import { isTypo } from "../fields/nearest";
import { oneOf } from "../fields/vocabulary";
import { isListed, PARSED_BOOLEAN } from "../ingress/accessTable";
import { OF_KUBERNETES, ownAndDomain, SUGGESTED, unlistedFault } from "../ingress/unlistedNames";
import { SOURCE_RANGES } from "../kubernetes/sourceRanges";
import { hasLater } from "../tokens";
import {
    cloudOf,
    CLOUDS,
    EXPOSURE,
    isOfOtherCloud,
    LOAD_BALANCERS,
    mayBeOfOneCloud,
    SERVICES,
} from "./loadBalancerNames";
import { type LoadBalancer, rangesFault, readsRanges, unrangedOf } from "./rangeReaders";

/** Those of lists of addresses, for which all clouds have one name. */
const LIST = /allow|deny|white|black|cidr|source|acl|restrict/i;

/** The values that a controller reads as they are meant, with those that an error suggests. */
interface Values {
    readonly read: RegExp;
    readonly write: readonly string[];
}

const EXACT_BOOLEAN: Values = { read: /^(true|false)$/, write: ["true", "false"] };
const BOOLEAN: Values = { read: PARSED_BOOLEAN, write: ["true", "false"] };
const GOOGLE: Values = { read: /^(Internal|internal|External)$/, write: ["Internal", "internal", "External"] };
const INTRANET: Values = { read: /^(internet|intranet)$/i, write: ["intranet", "internet"] };
const ON_OFF: Values = { read: /^(on|off)$/, write: ["on", "off"] };

/**
 * Annotations of which the controllers read any other value as that of an open load balancer, or with an error. The
 * sources are those of `LOAD_BALANCERS`, if none is here.
 */
const VALUES: ReadonlyMap<string, Values> = new Map([
    // buildLoadBalancerSchemeViaAnnotation in pkg/service/model_build_load_balancer.go of aws-load-balancer-controller
    [
        `${SERVICES}/aws-load-balancer-scheme`,
        { read: /^(internal|internet-facing)$/, write: ["internal", "internet-facing"] },
    ],
    // EnsureLoadBalancer in pkg/providers/v1/aws.go of kubernetes/cloud-provider-aws: all but "" and "false" is internal
    [`${SERVICES}/aws-load-balancer-internal`, { read: /./, write: ["true", "false"] }],
    // requiresInternalLoadBalancer in pkg/provider/azure_loadbalancer.go of kubernetes-sigs/cloud-provider-azure
    [`${SERVICES}/azure-load-balancer-internal`, EXACT_BOOLEAN],
    // GetLoadBalancerAnnotationType in pkg/l4/annotations/gce_annotations.go of kubernetes/ingress-gce
    ["networking.gke.io/load-balancer-type", GOOGLE],
    ["cloud.google.com/load-balancer-type", GOOGLE],
    // getBoolFromServiceAnnotation
    [`${SERVICES}/openstack-internal-load-balancer`, EXACT_BOOLEAN],
    // isInternalLB
    [`${SERVICES}/oci-load-balancer-internal`, BOOLEAN],
    ["oci-network-load-balancer.oraclecloud.com/internal", BOOLEAN],
    ["oci.oraclecloud.com/load-balancer-type", { read: /^n?lb$/i, write: ["lb", "nlb"] }],
    // getNetwork
    [`${SERVICES}/do-loadbalancer-network`, { read: /^(IN|EX)TERNAL$/, write: ["INTERNAL", "EXTERNAL"] }],
    // svcPrivate and getForceInternalIP
    [`${SERVICES}/scw-loadbalancer-private`, BOOLEAN],
    [`${SERVICES}/scw-loadbalancer-force-internal-ip`, BOOLEAN],
    // BoolFromService
    ["load-balancer.hetzner.cloud/disable-public-network", BOOLEAN],
    ["load-balancer.hetzner.cloud/disable-private-ingress", BOOLEAN],
    ["load-balancer.hetzner.cloud/use-private-ip", BOOLEAN],
    ["lb.stackit.cloud/internal-lb", BOOLEAN],
    ["yawol.stackit.cloud/internalLB", BOOLEAN],
    [
        "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type",
        { read: /^(private|public)$/, write: ["private", "public"] },
    ],
    ...["alibaba-cloud", "alicloud"].flatMap((cloud): [string, Values][] => [
        [`${SERVICES}/${cloud}-loadbalancer-address-type`, INTRANET],
        [`${SERVICES}/${cloud}-loadbalancer-ipv6-address-type`, INTRANET],
        [`${SERVICES}/${cloud}-loadbalancer-acl-status`, ON_OFF],
    ]),
]);

/** Lists of ranges. The second is that of Azure (AllowedIPRanges in pkg/provider/loadbalancer/configuration.go). */
const RANGES: readonly string[] = [SOURCE_RANGES, `${SERVICES}/azure-allowed-ip-ranges`];

/**
 * The message for an annotation of a load balancer that would not control access as it is meant. A name about exposure
 * must be one that a controller reads, if its domain belongs to Kubernetes or to a cloud in the table. Names of other
 * clouds are accepted, because nothing is known about them.
 */
export function loadBalancerFault(name: string, value: string, loadBalancer: LoadBalancer): string | undefined {
    const values = VALUES.get(name);
    const unranged = name === SOURCE_RANGES ? rangesFault(loadBalancer) : undefined;
    if (hasLater(value)) {
        return unranged ?? nameFault(name, loadBalancer);
    }
    if (values?.read.test(value) === false) {
        return `is no value that the controller knows, and the load balancer could be open to everybody. Write ${oneOf(values.write)}`;
    }
    return RANGES.includes(name) && !value.split(",").every((range) => isRange(range.trim()))
        ? "contains something else than ranges. Write them like 10.0.0.0/8,192.0.2.0/24"
        : (unranged ?? unreadFault(name, value, loadBalancer) ?? nameFault(name, loadBalancer));
}

/** Whether an annotation has a domain of those that clouds read from Services of load balancers. */
export function isOfService(name: string): boolean {
    return LOAD_BALANCERS.has(ownAndDomain(name)[1]);
}

/** Whether an annotation is one about exposure that clouds read from Services of load balancers. */
export function isOfLoadBalancer(name: string): boolean {
    return VALUES.has(name) || (isOfService(name) && EXPOSURE.test(ownAndDomain(name)[0]));
}

/** Whether an annotation is one that clouds read from Services of load balancers. */
export function isReadByClouds(name: string): boolean {
    const [own, domain] = ownAndDomain(name);
    return isListed(own, LOAD_BALANCERS.get(domain) ?? []);
}

/** Whether a name without its domain is about exposure. Names of kube-vip about the addresses of requests to outside are not. */
function isAboutExposure(own: string): boolean {
    return (
        (EXPOSURE.test(own) && !own.startsWith("egress-")) ||
        [...VALUES.keys()].some((name) => name.endsWith(`/${own}`))
    );
}

/** The message for an annotation that the controller only reads beside another one. */
function unreadFault(
    name: string,
    value: string,
    { annotations, loadBalancerClass }: LoadBalancer,
): string | undefined {
    const given = (other: string) => annotations[other] ?? "";
    const type = given(`${SERVICES}/aws-load-balancer-type`);
    // IsServiceSupported in pkg/service/service_utils.go of aws-load-balancer-controller. The cloud provider of AWS
    // creates the load balancers of other Services, and does not read these names.
    const isOfController = loadBalancerClass !== undefined || /^(external|nlb-ip)$/.test(type) || hasLater(type);
    // With NLBSecurityGroupMode = Managed, the cloud provider reads them too (docs/nlb_security_groups.md of kubernetes/cloud-provider-aws).
    if (name.endsWith("/aws-load-balancer-security-groups") && type === "nlb" && loadBalancerClass === undefined) {
        return `is not read by default by AWS's cloud provider for type nlb, so the load balancer could be open to everybody. Use ${SOURCE_RANGES}; or set ${AWS_FIX}`;
    }
    if (name.endsWith("/aws-load-balancer-security-group-prefix-lists") && !isOfController) {
        return `is only read by AWS Load Balancer Controller, so the load balancer could be open to everybody. Set ${AWS_FIX}`;
    }
    const internal = given(`${SERVICES}/aws-load-balancer-internal`);
    if (
        name.endsWith("/aws-load-balancer-scheme") &&
        value === "internal" &&
        !isOfController &&
        /^(false)?$/.test(internal)
    ) {
        return `is only read by AWS Load Balancer Controller, so the load balancer could be open to everybody. Also set ${SERVICES}/aws-load-balancer-internal to true, ${AWS_FIX}`;
    }
    const oci = given("oci.oraclecloud.com/load-balancer-type");
    const [own, other] = [
        `${SERVICES}/oci-load-balancer-internal`,
        "oci-network-load-balancer.oraclecloud.com/internal",
    ];
    const [unread, read] = oci.toLowerCase() === "nlb" ? [own, other] : [other, own];
    if (name === unread && annotations[read] === undefined && !hasLater(oci)) {
        return `is not read for this oci.oraclecloud.com/load-balancer-type (${oci === "" ? "lb by default" : oci}), and the load balancer would be open to everybody. Use ${read}`;
    }
    const status = name.replace(/loadbalancer-acl-(id|type)$/, "loadbalancer-acl-status");
    return status !== name && given(status) !== "on" && !hasLater(given(status))
        ? `has no effect without ${status}, and the load balancer would be open to everybody. Set that to "on"`
        : undefined;
}

const AWS_FIX = `${SERVICES}/aws-load-balancer-type to external, or loadBalancerClass of the Service to service.k8s.aws/nlb`;

/** A name that a controller of load balancers reads, and its domain. */
interface Name {
    readonly domain: string;
    readonly own: string;
}

const ALL: readonly Name[] = [...LOAD_BALANCERS].flatMap(([domain, names]) => names.map((own) => ({ domain, own })));

/** The message for a name that is a typo, or about exposure and none that a controller reads. */
function nameFault(name: string, loadBalancer: LoadBalancer): string | undefined {
    if (isReadByClouds(name)) {
        return undefined;
    }
    const [own, domain] = ownAndDomain(name);
    const known = LOAD_BALANCERS.get(domain);
    const ranges = readsRanges(loadBalancer);
    const unranged = unrangedOf(loadBalancer);
    const all = ALL.filter((other) => ranges || `${other.domain}/${other.own}` !== SOURCE_RANGES);
    const meant = all.filter((other) => other.own === own && mayMean(domain, other));
    if (meant.length === 0 && !mustBeListed(own, domain)) {
        const similar = known?.filter((other) => mayBeOfOneCloud(own, other));
        return similar && unlistedFault(`${domain}/`, own, similar, undefined);
    }
    const cloud = CLOUDS.exec(own)?.[1] ?? cloudOf(own, domain);
    const isOfCloud = (other: Name) => cloud !== undefined && `${other.domain}/${other.own}`.includes(cloud);
    const typos = all.filter(
        (other) =>
            isTypo(own, other.own) &&
            (known === undefined || other.domain === domain) &&
            (cloud === undefined || isOfCloud(other)),
    );
    const similar = ALL.filter((other) => EXPOSURE.test(other.own) && isOfCloud(other) && !LIST.test(own));
    const found = [...(own.includes("-") ? [meant, typos] : []), similar].find((names) => names.length > 0) ?? [];
    const far = (other: Name) => distance(own.toLowerCase(), other.own.toLowerCase());
    const nearest = [...found].sort((a, b) => far(a) - far(b)).slice(0, SUGGESTED);
    const fix =
        found.length === 0
            ? `Use ${unranged?.names.test(name) === true ? unranged.use : "what the controller of your cluster reads"}${ranges ? `, or ${SOURCE_RANGES}` : ""}`
            : `Perhaps you meant ${oneOf(nearest.map((other) => `${other.domain}/${other.own}`))}`;
    return `is no annotation that a controller reads, so it would keep nobody out. ${fix}`;
}

/** Whether a name with a domain may be meant as one with another. */
function mayMean(domain: string, other: Name): boolean {
    const isOfCloud = other.domain === SERVICES && CLOUDS.test(other.own);
    return domain === "" || isOfCloud || isTypo(domain, other.domain) || OF_KUBERNETES.test(domain);
}

/** Whether a name about exposure has no effect if it is in no table. */
function mustBeListed(own: string, domain: string): boolean {
    return (
        (isAboutExposure(own) &&
            (domain === "" ||
                LOAD_BALANCERS.has(domain) ||
                cloudOf(own, domain) !== undefined ||
                [...LOAD_BALANCERS.keys()].some((other) => isTypo(domain, other)) ||
                OF_KUBERNETES.test(domain)) &&
            !isOfOtherCloud(own, domain)) ||
        (/(^|\.)ingress\.kubernetes\.io$/.test(domain) && /internal|private|scheme/i.test(own))
    );
}
