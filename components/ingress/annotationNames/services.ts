import { words } from "./words";

/**
 * Names after `service.beta.kubernetes.io/`, of AWS: pkg/annotations/constants.go of
 * kubernetes-sigs/aws-load-balancer-controller 3.5, and pkg/providers/v1 of kubernetes/cloud-provider-aws.
 */
export const AWS = words(`
    actions.* aws-load-balancer-access-log-emit-interval aws-load-balancer-access-log-enabled
    aws-load-balancer-access-log-s3-bucket-name aws-load-balancer-access-log-s3-bucket-prefix
    aws-load-balancer-additional-resource-tags aws-load-balancer-alpn-policy aws-load-balancer-attributes
    aws-load-balancer-backend-protocol aws-load-balancer-connection-draining-enabled
    aws-load-balancer-connection-draining-timeout aws-load-balancer-connection-idle-timeout
    aws-load-balancer-cross-zone-load-balancing-enabled aws-load-balancer-disable-nlb-sg
    aws-load-balancer-eip-allocations aws-load-balancer-enable-icmp-for-path-mtu-discovery
    aws-load-balancer-enable-prefix-for-ipv6-source-nat aws-load-balancer-enable-tcp-udp-listener
    aws-load-balancer-extra-security-groups aws-load-balancer-healthcheck-healthy-threshold
    aws-load-balancer-healthcheck-interval aws-load-balancer-healthcheck-path aws-load-balancer-healthcheck-port
    aws-load-balancer-healthcheck-protocol aws-load-balancer-healthcheck-success-codes
    aws-load-balancer-healthcheck-timeout aws-load-balancer-healthcheck-unhealthy-threshold
    aws-load-balancer-inbound-sg-rules-on-private-link-traffic aws-load-balancer-internal
    aws-load-balancer-ip-address-type aws-load-balancer-ipv6-addresses aws-load-balancer-listener-attributes.*
    aws-load-balancer-manage-backend-security-group-rules aws-load-balancer-minimum-load-balancer-capacity
    aws-load-balancer-multi-cluster-target-group aws-load-balancer-name aws-load-balancer-nlb-target-type
    aws-load-balancer-private-ipv4-addresses aws-load-balancer-proxy-protocol
    aws-load-balancer-proxy-protocol-per-target-group aws-load-balancer-quic-enabled-containers
    aws-load-balancer-quic-enabled-ports aws-load-balancer-scheme aws-load-balancer-security-group-prefix-lists
    aws-load-balancer-security-groups aws-load-balancer-source-nat-ipv6-prefixes aws-load-balancer-ssl-cert
    aws-load-balancer-ssl-negotiation-policy aws-load-balancer-ssl-ports aws-load-balancer-subnets
    aws-load-balancer-target-group-attributes aws-load-balancer-target-node-labels aws-load-balancer-type
`);

/** Names after the same prefix, of Azure: pkg/consts/consts.go of kubernetes-sigs/cloud-provider-azure. */
export const AZURE = words(`
    azure-additional-public-ips azure-allowed-ip-ranges azure-allowed-service-tags
    azure-deny-all-except-load-balancer-source-ranges azure-disable-load-balancer-floating-ip
    azure-disable-load-balancer-nsg-rule azure-dns-label-name azure-load-balancer-configurations
    azure-load-balancer-disable-tcp-reset azure-load-balancer-enable-high-availability-ports
    azure-load-balancer-health-probe-interval azure-load-balancer-health-probe-num-of-probe
    azure-load-balancer-health-probe-protocol azure-load-balancer-health-probe-request-path
    azure-load-balancer-internal azure-load-balancer-internal-subnet azure-load-balancer-ipv4
    azure-load-balancer-ipv6 azure-load-balancer-mode azure-load-balancer-resource-group
    azure-load-balancer-tcp-idle-timeout azure-pip-ip-tags azure-pip-name azure-pip-name-ipv6
    azure-pip-prefix-id azure-pip-prefix-id-ipv6 azure-pip-tags azure-pls-auto-approval azure-pls-create
    azure-pls-fqdns azure-pls-ip-configuration-ip-address azure-pls-ip-configuration-ip-address-count
    azure-pls-ip-configuration-subnet azure-pls-name azure-pls-proxy-protocol azure-pls-resource-group
    azure-pls-visibility
`);

/**
 * Names after `networking.gke.io/`, of Google: pkg/l4/annotations of kubernetes/ingress-gce, and
 * providers/gce/gce_annotations.go of kubernetes/cloud-provider-gcp.
 */
export const GKE = words(`
    custom-forwarding-rule internal-load-balancer-allow-global-access internal-load-balancer-subnet ip-collection-v6
    l4-strong-session-affinity l4lb-config load-balancer-ip-addresses load-balancer-subnet load-balancer-type
    weighted-load-balancing
`);

/** Earlier names of Google, after `cloud.google.com/`. */
export const GOOGLE_CLOUD = words("l4-rbs load-balancer-backend-share load-balancer-type network-tier");
