import { AWS, AZURE, GKE, GOOGLE_CLOUD } from "../ingress/annotationNames/services";
import { words } from "../ingress/annotationNames/words";
import { OF_KUBERNETES } from "../ingress/unlistedNames";

/** Domain of the names of most clouds, which begin with the cloud. */
export const SERVICES = "service.beta.kubernetes.io";

/**
 * Names of other clouds about exposure, after the domain above. Sources: pkg/openstack/loadbalancer.go of
 * kubernetes/cloud-provider-openstack, pkg/cloudprovider/providers/oci/load_balancer_spec.go of
 * oracle/oci-cloud-controller-manager, cloud-controller-manager/do/lb_annotations.go of
 * digitalocean/digitalocean-cloud-controller-manager, scaleway/loadbalancers_annotations.go of
 * scaleway/scaleway-cloud-controller-manager, pkg/controller/service/reconcile/annotation of
 * kubernetes/cloud-provider-alibaba-cloud, cloud/annotations of linode/linode-cloud-controller-manager,
 * vultr/loadbalancers.go of vultr/vultr-cloud-controller-manager, exoscale/loadbalancer.go of
 * exoscale/exoscale-cloud-controller-manager, and TencentCloud/tencentcloud-cloud-controller-manager.
 */
const OTHERS = words(`
    alibaba-cloud-loadbalancer-acl-id alibaba-cloud-loadbalancer-acl-status alibaba-cloud-loadbalancer-acl-type
    alibaba-cloud-loadbalancer-address-type alibaba-cloud-loadbalancer-external-ip-type
    alibaba-cloud-loadbalancer-ipv6-address-type alicloud-loadbalancer-acl-id alicloud-loadbalancer-acl-status
    alicloud-loadbalancer-acl-type alicloud-loadbalancer-address-type alicloud-loadbalancer-external-ip-type
    alicloud-loadbalancer-ipv6-address-type do-loadbalancer-allow-rules do-loadbalancer-deny-rules
    do-loadbalancer-network exoscale-loadbalancer-external linode-loadbalancer-firewall-acl
    linode-loadbalancer-firewall-id oci-load-balancer-internal openstack-internal-load-balancer
    scw-loadbalancer-externally-managed scw-loadbalancer-force-internal-ip scw-loadbalancer-private
    scw-loadbalancer-private-ip-ids tencentcloud-loadbalancer-type-internal-subnet-id
    vultr-loadbalancer-firewall-rules vultr-loadbalancer-firewall-rules-cm vultr-loadbalancer-private-network
`);

/** Names of kube-vip that contain a word of exposure: pkg/kubevip/annotations.go of kube-vip/kube-vip. */
const KUBE_VIP = words(`
    allow-reconcile-without-endpoints egress-allowed-networks egress-denied-networks egress-internal
    egress-no-internal-traffic
`);

/** Names of MetalLB: internal/k8s/controllers of metallb/metallb. */
const METALLB = words("allow-shared-ip");

/**
 * Names that the controllers of load balancers read, by their domains: all of AWS, Azure and Google, and of other
 * clouds those about exposure.
 */
export const LOAD_BALANCERS: ReadonlyMap<string, readonly string[]> = new Map([
    [SERVICES, ["load-balancer-source-ranges", ...AWS, ...AZURE, ...OTHERS]],
    ["networking.gke.io", GKE],
    ["cloud.google.com", GOOGLE_CLOUD],
    // docs/resources/service/annotations.md of IBM-Cloud/cloud-provider-ibm
    ["service.kubernetes.io", ["ibm-load-balancer-cloud-provider-ip-type"]],
    // pkg/openstack/loadbalancer.go of kubernetes/cloud-provider-openstack
    ["loadbalancer.openstack.org", []],
    // load_balancer_spec.go of oracle/oci-cloud-controller-manager
    ["oci.oraclecloud.com", ["load-balancer-type"]],
    ["oci-network-load-balancer.oraclecloud.com", words("assigned-private-ipv4 external-ip-only internal")],
    // internal/annotation/load_balancer.go of hetznercloud/hcloud-cloud-controller-manager
    [
        "load-balancer.hetzner.cloud",
        words("disable-private-ingress disable-public-network private-ipv4 private-subnet-ip-range use-private-ip"),
    ],
    ["kubernetes.digitalocean.com", ["firewall-managed"]],
    // civo/civo-cloud-controller-manager
    ["kubernetes.civo.com", ["firewall-id"]],
    // pkg/ccm of stackitcloud/cloud-provider-stackit
    ["lb.stackit.cloud", words("external-address internal-lb session-persistence-with-source-ip")],
    ["yawol.stackit.cloud", words("internalLB loadBalancerSourceRanges")],
    ["metallb.io", METALLB],
    ["metallb.universe.tf", METALLB],
    ["kube-vip.io", KUBE_VIP],
]);

/** Beginnings of the names of clouds in the table, as users may also write them at a domain of Kubernetes. */
export const CLOUDS =
    /^(akamai|aks|alibaba|alibaba-?cloud|alicloud|aliyun|aws|azure|civo|digitalocean|do|eks|exoscale|gce|gcp|gke|google|hcloud|hetzner|kube-vip|linode|metallb|oci|openstack|oracle|scaleway|scw|stackit|tencentcloud|vultr)[-.]/i;

/** Domains of clouds in the table for other objects than Services, each with the cloud. */
const OTHER_DOMAINS: ReadonlyMap<string, string> = new Map([
    ["eks.amazonaws.com", "aws"],
    ["elbv2.k8s.aws", "aws"],
    ["service.k8s.aws", "aws"],
    ["kubernetes.azure.com", "azure"],
]);

/** Labels of domains that only the clouds in the table have. */
const CLOUD_DOMAINS =
    /(^|[.-])(civo|digitalocean|gke|google|hetzner|kube-vip|metallb|openstack|oraclecloud|stackit)([.-]|$)/i;

/** The cloud in the table that a name is meant for, by its domain. */
export function cloudOf(own: string, domain: string): string | undefined {
    const cloud = OTHER_DOMAINS.get(domain);
    const names = LOAD_BALANCERS.get(SERVICES) ?? [];
    return cloud !== undefined && names.some((name) => name.startsWith(`${cloud}-`) && name.endsWith(`-${own}`))
        ? cloud
        : CLOUD_DOMAINS.exec(domain)?.[2];
}

/** Maximum number of letters in the beginning of a name that is too short to have a typo. */
const SHORT = 3;

/** Whether a name and a known one may begin with the same cloud. The short names of two clouds often differ little. */
export function mayBeOfOneCloud(own: string, known: string): boolean {
    const letters = (name: string) =>
        Array.from(/^[^-.]*/.exec(name.toLowerCase())?.[0] ?? "")
            .sort()
            .join("");
    return letters(known).length > SHORT || letters(own) === letters(known);
}

/** Words in the names of annotations that decide who can reach a load balancer. */
export const EXPOSURE =
    /allow|deny|white|black|cidr|source-?(range|cidr|ip)|internal|intranet|private|public|extern(?!al-traffic)|scheme|firewall|(^|[^a-z])acl|restrict|address-type|ip-type/i;

/** Beginnings of names that are none of a cloud. */
const NO_CLOUD =
    /^(cloud|disable|enable|has|ingress|ip|is|k8s|kubernetes|lb|load|network|only|service|set|svc|traffic|use)\b/i;

/** Whether a name at a domain of Kubernetes begins with a cloud that is not in the table, such as `elb.acl-id`. */
export function isOfOtherCloud(own: string, domain: string): boolean {
    const first = /^[a-z0-9]+/i.exec(own)?.[0] ?? "";
    const names = /^elb\.|.[-.]([a-z]+-)*(load-?balancer|lb)\b/i;
    return (
        OF_KUBERNETES.test(domain) &&
        names.test(own) &&
        !NO_CLOUD.test(own) &&
        !EXPOSURE.test(first) &&
        !CLOUDS.test(own)
    );
}
