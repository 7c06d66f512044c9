import { isRange } from "../fields/peer";
import { oneOf } from "../fields/vocabulary";
import { isListed } from "../ingress/accessTable";
import { AWS, AZURE, GKE, GOOGLE_CLOUD } from "../ingress/annotationNames/services";
import { isTypo, unlistedFault } from "../ingress/unlistedNames";
import { hasLater } from "../tokens";

const SERVICES = "service.beta.kubernetes.io";

/** Ranges that reach a load balancer, which the API server validates (ValidateService in kubernetes/kubernetes). */
export const SOURCE_RANGES = `${SERVICES}/load-balancer-source-ranges`;

/** Names that the controllers of load balancers read, by their domains. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
    [SERVICES, ["load-balancer-source-ranges", ...AWS, ...AZURE]],
    ["networking.gke.io", GKE],
    ["cloud.google.com", GOOGLE_CLOUD],
]);

/** Beginnings of the names that are listed, among those of all clouds at one domain. */
const LISTED = /^(aws|azure|internal|load-?balancer)\b/i;

/** Words in the names of annotations that decide who can reach a load balancer. */
const EXPOSURE = /allow|cidr|deny|internal|scheme|source|white/i;

const INTERNAL = ["Internal", "internal", "External"];

/** Annotations of which the controllers read any other value as that of an open load balancer, or with an error. */
const VALUES: ReadonlyMap<string, readonly string[]> = new Map([
    // buildLoadBalancerSchemeViaAnnotation in pkg/service/model_build_load_balancer.go of aws-load-balancer-controller
    [`${SERVICES}/aws-load-balancer-scheme`, ["internal", "internet-facing"]],
    // requiresInternalLoadBalancer in pkg/provider/azure_loadbalancer.go of kubernetes-sigs/cloud-provider-azure
    [`${SERVICES}/azure-load-balancer-internal`, ["true", "false"]],
    // GetLoadBalancerAnnotationType in pkg/l4/annotations/gce_annotations.go of kubernetes/ingress-gce
    ["networking.gke.io/load-balancer-type", INTERNAL],
    ["cloud.google.com/load-balancer-type", INTERNAL],
]);

/** Lists of ranges. The second is that of Azure (AllowedIPRanges in pkg/provider/loadbalancer/configuration.go). */
const RANGES: readonly string[] = [SOURCE_RANGES, `${SERVICES}/azure-allowed-ip-ranges`];

/** The message for an annotation of a load balancer that would not control access as it is meant. */
export function loadBalancerFault(name: string, value: string): string | undefined {
    const values = VALUES.get(name);
    if (hasLater(value)) {
        return nameFault(name);
    }
    if (values?.includes(value) === false) {
        return `is no value that the controller knows, and the load balancer could be open to everybody. Write ${oneOf(values)}`;
    }
    return RANGES.includes(name) && !value.split(",").every((range) => isRange(range.trim()))
        ? "contains something else than ranges. Write them like 10.0.0.0/8,192.0.2.0/24"
        : nameFault(name);
}

/** The message for a name that is a typo, or about access and none that a controller reads. */
function nameFault(name: string): string | undefined {
    const [own = "", domain = ""] = name.split("/").reverse();
    const known = NAMES.get(domain);
    if (known !== undefined) {
        return isListed(own, known)
            ? undefined
            : unlistedFault(`${domain}/`, own, known, LISTED.test(own) && EXPOSURE.test(own) ? EXPOSURE : undefined);
    }
    const meant = [...NAMES].find(
        ([other, names]) => isListed(own, names) && (domain === "" || isTypo(domain, other) || isGeneral(domain)),
    );
    return meant === undefined
        ? undefined
        : `is no annotation that a controller reads, so it would keep nobody out. Perhaps you meant ${meant[0]}/${own}`;
}

/** Whether a domain is one of Kubernetes itself. */
function isGeneral(domain: string): boolean {
    return /(^|\.)(kubernetes|k8s)\.io$/.test(domain);
}
