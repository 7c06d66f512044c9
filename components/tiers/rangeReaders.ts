import { ownAndDomain } from "../ingress/unlistedNames";
import { SOURCE_RANGES } from "../kubernetes/sourceRanges";
import { cloudOf, isOfOtherCloud, LOAD_BALANCERS, SERVICES } from "./loadBalancerNames";

/** What decides whether a controller reads an annotation. */
export interface LoadBalancer {
    readonly annotations: Readonly<Record<string, string>>;
    readonly loadBalancerClass?: string | undefined;
    /** Whether a controller copies the annotations to a Service of its own, in which the program writes no field. */
    readonly isCopied?: boolean;
}

/** A cloud whose load balancers do not read the annotation with the list of ranges. */
interface Unranged {
    readonly cloud: string;
    /** Names of its annotations, by which a load balancer is known to be of this cloud. */
    readonly names: RegExp;
    /** Those that restrict access, beside which the list does no harm. */
    readonly restricting?: RegExp;
    readonly use: string;
    /** Whether it reads the field, which the program writes to the Services of tiers. */
    readonly readsField?: true;
}

/**
 * Sources: hetznercloud/hcloud-cloud-controller-manager#286; docs/configuration/firewall.md of
 * linode/linode-cloud-controller-manager; docs/load-balancers.md of vultr/vultr-cloud-controller-manager; getFirewallID in
 * cloud-controller-manager/civo/loadbalancer.go of civo/civo-cloud-controller-manager; docs/service-loadbalancer.md of
 * exoscale/exoscale-cloud-controller-manager; tencentcloud/loadbalancer.go of
 * TencentCloud/tencentcloud-cloud-controller-manager; and of kubernetes/cloud-provider-alibaba-cloud pkg/controller/service,
 * where only nlbv2 reads the field, for Services with a class (NeedNLB in pkg/controller/helper/service_utils.go).
 * The field alone is read in buildFirewall in cloud-controller-manager/do/loadbalancers.go of
 * digitalocean/digitalocean-cloud-controller-manager, and in pkg/ccm/loadbalancer_spec.go of
 * stackitcloud/cloud-provider-stackit. Scaleway's reads the field alone too (makeACLSpecs in scaleway/acl.go of
 * scaleway/scaleway-cloud-controller-manager), and has no such annotation. IBM's is not public as a whole.
 */
const UNRANGED: readonly Unranged[] = [
    {
        cloud: "Hetzner",
        names: /^load-balancer\.hetzner\.cloud\//,
        restricting: /\/disable-public-network$/,
        use: "load-balancer.hetzner.cloud/disable-public-network",
    },
    {
        cloud: "Linode",
        names: /\/linode-loadbalancer-/,
        restricting: /-firewall-(acl|id)$/,
        use: `${SERVICES}/linode-loadbalancer-firewall-acl`,
    },
    {
        cloud: "Vultr",
        names: /\/vultr-loadbalancer-/,
        restricting: /-firewall-rules(-cm)?$/,
        use: `${SERVICES}/vultr-loadbalancer-firewall-rules`,
    },
    {
        cloud: "Civo",
        names: /^kubernetes\.civo\.com\//,
        restricting: /\/firewall-id$/,
        use: "kubernetes.civo.com/firewall-id",
    },
    { cloud: "Exoscale", names: /\/exoscale-loadbalancer-/, use: "the security groups of the nodes" },
    {
        cloud: "Tencent Cloud",
        names: /\/tencentcloud-loadbalancer-/,
        restricting: /-loadbalancer-type$/,
        use: `${SERVICES}/tencentcloud-loadbalancer-type (private)`,
    },
    {
        cloud: "Alibaba Cloud",
        names: /\/(alibaba-cloud|alicloud)-loadbalancer-/,
        restricting: /-acl-id$/,
        use: `${SERVICES}/alibaba-cloud-loadbalancer-acl-id`,
    },
    {
        cloud: "DigitalOcean",
        names: /\/do-loadbalancer-|^kubernetes\.digitalocean\.com\//,
        restricting: /-allow-rules$/,
        use: `${SERVICES}/do-loadbalancer-allow-rules`,
        readsField: true,
    },
    {
        cloud: "STACKIT",
        names: /^(lb|yawol)\.stackit\.cloud\//,
        restricting: /\/loadBalancerSourceRanges$/,
        use: "yawol.stackit.cloud/loadBalancerSourceRanges",
        readsField: true,
    },
];

/** Values by which the annotations above restrict nothing. */
const OPEN = /^(|0|f|false|public)$/i;

/**
 * Annotations of clouds that read the list from the annotation too: GetLoadBalancerSourceRanges of
 * kubernetes/cloud-provider-aws, kubernetes/cloud-provider-gcp, kubernetes/cloud-provider-openstack and
 * oracle/oci-cloud-controller-manager; buildCIDRsFromSourceRanges in pkg/service of
 * kubernetes-sigs/aws-load-balancer-controller; pkg/l4/utils/sourceranges.go of kubernetes/ingress-gce; and
 * AllowedIPRanges in pkg/provider/loadbalancer/configuration.go of kubernetes-sigs/cloud-provider-azure.
 */
const READERS =
    /^(service\.beta\.kubernetes\.io\/(aws-load-balancer|azure|oci|openstack)-|(networking\.gke\.io|cloud\.google\.com|loadbalancer\.openstack\.org|(oci|oci-network-load-balancer)\.oraclecloud\.com)\/)/;

/** Whether an annotation is one for load balancers of a cloud about which nothing is known. */
function isOfUnknownCloud(name: string): boolean {
    const [own, domain] = ownAndDomain(name);
    const isOfCloud = /load-?balancer|(^|[^a-z])e?lb([^a-z]|$)/i.test(name) && !/\.?(kubernetes|k8s)\.io$/.test(domain);
    return (
        isOfOtherCloud(own, domain) ||
        // Cilium and OpenELB are no clouds: for them Cilium and kube-proxy restrict access, which read the field alone.
        (isOfCloud &&
            !/cilium|kubesphere/.test(domain) &&
            !LOAD_BALANCERS.has(domain) &&
            cloudOf(own, domain) === undefined)
    );
}

/** Other annotations than the list of ranges. */
function others({ annotations }: LoadBalancer): readonly (readonly [name: string, value: string])[] {
    return Object.entries(annotations).filter(([name]) => name !== SOURCE_RANGES);
}

/** The cloud of a load balancer, if it does not read the list. Clouds leave Services with a class to other controllers. */
export function unrangedOf(loadBalancer: LoadBalancer): Unranged | undefined {
    return loadBalancer.loadBalancerClass === undefined
        ? UNRANGED.find(
              ({ names, readsField }) =>
                  (readsField === undefined || loadBalancer.isCopied === true) &&
                  others(loadBalancer).some(([name]) => names.test(name)),
          )
        : undefined;
}

/** Whether the load balancer reads the list of ranges, or its field if the program writes it, as far as it is known. */
export function readsRanges(loadBalancer: LoadBalancer): boolean {
    return (
        unrangedOf(loadBalancer) === undefined &&
        (loadBalancer.isCopied !== true ||
            others(loadBalancer).some(([name]) => READERS.test(name) || isOfUnknownCloud(name)))
    );
}

/** The message for a list of ranges that the load balancer does not read, and beside which nothing else restricts access. */
export function rangesFault(loadBalancer: LoadBalancer): string | undefined {
    if (readsRanges(loadBalancer)) {
        return undefined;
    }
    const unranged = unrangedOf(loadBalancer);
    if (unranged === undefined) {
        return "is only copied to the Service of the load balancer, and most implementations read the field spec.loadBalancerSourceRanges alone, so it could be open to everybody. Create the Gateway yourself, with the ranges where its implementation reads them, as keep:ingress.parentRef of kind gateway. On a cloud that reads the annotation, add another one of that cloud, such as networking.gke.io/load-balancer-type: External, or service.beta.kubernetes.io/azure-allowed-ip-ranges";
    }
    const { cloud, names, restricting, use } = unranged;
    return others(loadBalancer).some(
        ([name, value]) => names.test(name) && restricting?.test(name) === true && !OPEN.test(value),
    )
        ? undefined
        : `is not read by the load balancers of ${cloud}, so they could be open to everybody. Remove it, and use ${use}`;
}
