import { accepts } from "../support/refusals";

describe("the settings of a tier", () => {
    accepts({
        "ranges in front of a load balancer": {
            frontend: {
                service: {
                    type: "LoadBalancer",
                    annotations: {
                        "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8, 192.0.2.0/24",
                    },
                },
            },
        },
        "annotations of load balancers of every cloud": {
            frontend: {
                service: {
                    type: "LoadBalancer",
                    annotations: {
                        "service.beta.kubernetes.io/azure-load-balancer-internal": true,
                        "service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "apps",
                        "service.beta.kubernetes.io/azure-allowed-ip-ranges": "10.0.0.0/8, 192.0.2.0/24",
                        "service.beta.kubernetes.io/azure-some-later-setting": "a",
                        "service.beta.kubernetes.io/aws-load-balancer-internal": "0.0.0.0/0",
                        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                        "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-80": "a=b",
                        "service.beta.kubernetes.io/openstack-internal-load-balancer": "true",
                        "service.beta.kubernetes.io/oci-load-balancer-internal": "true",
                        "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": "private",
                        "networking.gke.io/load-balancer-type": "Internal",
                        "networking.gke.io/internal-load-balancer-allow-global-access": "true",
                        "cloud.google.com/neg": '{"ingress": true}',
                    },
                },
            },
        },
        "load balancers of clouds with names of their own": {
            frontend: {
                service: {
                    type: "LoadBalancer",
                    annotations: {
                        "oci.oraclecloud.com/load-balancer-type": "nlb",
                        "oci-network-load-balancer.oraclecloud.com/internal": "True",
                        "load-balancer.hetzner.cloud/disable-public-network": "true",
                        "load-balancer.hetzner.cloud/ipv4-rdns": "keep.example.com",
                        "service.beta.kubernetes.io/do-loadbalancer-network": "INTERNAL",
                        "service.beta.kubernetes.io/do-loadbalancer-size-unit": "2",
                        "service.beta.kubernetes.io/scw-loadbalancer-private": "1",
                        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-acl-id": "acl-1",
                        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-acl-status": "on",
                        "service.beta.kubernetes.io/linode-loadbalancer-firewall-id": "1",
                        "lb.stackit.cloud/internal-lb": "true",
                        "metallb.io/address-pool": "internal",
                        "kube-vip.io/egress-internal": "true",
                        "loadbalancer.openstack.org/floating-network-id": "a",
                    },
                },
            },
        },
        "load balancers of clouds that are in no table": {
            frontend: {
                service: {
                    type: "LoadBalancer",
                    annotations: {
                        "yandex.cloud/load-balancer-type": "internal",
                        "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid": "subnet-1",
                        "service.beta.kubernetes.io/ovh-loadbalancer-allowed-sources": "10.0.0.0/8",
                        "service.beta.kubernetes.io/cce-load-balancer-internal-vpc": "true",
                        "kubernetes.io/elb.acl-id": "a",
                        "service.beta.kubernetes.io/osc-load-balancer-internal": "true",
                        "dns.alpha.kubernetes.io/internal": "keep.example.com",
                        "external-dns.alpha.kubernetes.io/internal": "true",
                        "service.beta.kubernetes.io/external-traffic": "OnlyLocal",
                        "kube-vip.io/egress-source-ip": "10.0.0.1",
                        "kubernetes.azure.com/private-link": "a",
                        "cloud.example.com/internal": "true",
                        "external-dns.alpha.kubernetes.io/internal-hostname": "keep.example.com",
                        "external-dns.alpha.kubernetes.io/access": "private",
                        "tailscale.com/hostname": "keep",
                    },
                },
            },
        },
        "load balancers without the PROXY protocol, and with TLS in front of them alone": {
            frontend: {
                service: {
                    type: "LoadBalancer",
                    annotations: {
                        "load-balancer.hetzner.cloud/uses-proxyprotocol": "false",
                        "load-balancer.hetzner.cloud/protocol": "https",
                        "service.beta.kubernetes.io/do-loadbalancer-protocol": "https",
                        "service.beta.kubernetes.io/linode-loadbalancer-default-proxy-protocol": "none",
                        "service.beta.kubernetes.io/scw-loadbalancer-proxy-protocol-v2": "",
                        "service.beta.kubernetes.io/vultr-loadbalancer-proxy-protocol": "v0",
                        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "http",
                        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
                        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
                            "proxy_protocol_v2.enabled=false",
                        "yawol.stackit.cloud/tcpProxyProtocolPortsFilter": "80",
                    },
                },
            },
        },
        "the PROXY protocol to a Gateway": {
            ingress: {
                kind: "gateway",
                className: "envoy",
                annotations: { "load-balancer.hetzner.cloud/uses-proxyprotocol": "true" },
            },
        },
        "internal load balancers of AWS's controller": {
            frontend: {
                service: {
                    type: "LoadBalancer",
                    annotations: {
                        "service.beta.kubernetes.io/aws-load-balancer-type": "external",
                        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                    },
                },
            },
            backend: {
                service: {
                    type: "LoadBalancer",
                    loadBalancerClass: "eks.amazonaws.com/nlb",
                    annotations: {
                        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                        "service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists": "pl-1",
                    },
                },
            },
        },
        "spreads of the tier's own pods": {
            labels: { team: "core" },
            pods: { labels: { app: "keep" } },
            frontend: {
                podLabels: { part: "ui" },
                topologySpread: [
                    {
                        maxSkew: 1,
                        topologyKey: "a",
                        whenUnsatisfiable: "ScheduleAnyway",
                        labelSelector: { matchLabels: { app: "keep", part: "ui" } },
                    },
                    {
                        maxSkew: 1,
                        topologyKey: "b",
                        whenUnsatisfiable: "ScheduleAnyway",
                        labelSelector: { matchExpressions: [{ key: "team", operator: "In", values: ["core"] }] },
                    },
                    {
                        maxSkew: 1,
                        topologyKey: "c",
                        whenUnsatisfiable: "ScheduleAnyway",
                        labelSelector: { matchExpressions: [{ key: "role", operator: "NotIn", values: ["db"] }] },
                    },
                    { maxSkew: 1, topologyKey: "d", whenUnsatisfiable: "ScheduleAnyway", labelSelector: {} },
                    {
                        maxSkew: 1,
                        topologyKey: "e",
                        whenUnsatisfiable: "ScheduleAnyway",
                        matchLabelKeys: ["pod-template-hash"],
                    },
                ],
            },
        },
        "a tier without pods": { frontend: { replicas: 0 } },
        "autoscaling between equal numbers": { frontend: { autoscaling: { min: 2, max: 2, cpu: 100, memory: 1 } } },
        "autoscaling above the requests": {
            frontend: {
                autoscaling: { min: 2, max: 3, cpu: 150, memory: 200 },
                resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "1Gi" } },
            },
        },
        "quantities of every form": {
            frontend: {
                resources: {
                    requests: { cpu: "250m", memory: "512M" },
                    limits: { cpu: 2, memory: "1.5Gi", "nvidia.com/gpu": 1 },
                },
            },
        },
        "memory limits of which the processes need all": {
            database: { kind: "postgres", pool: { size: 5, maxOverflow: 1 } },
            redis: { kind: "bundled" },
            backend: { processes: 6 },
            worker: { resources: { limits: { memory: "300Mi" } } },
        },
        "CPU limits with which fast nodes start the program in time, and none": {
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
            backend: { resources: { limits: { cpu: "100m" } } },
            worker: { startupSeconds: 1800, resources: { limits: { cpu: "10m" } } },
            consumer: { enabled: true, resources: { limits: { cpu: 0 } } },
            setup: { resources: { limits: { cpu: "20m" } } },
        },
        "many processes, with memory for them": {
            database: { kind: "postgres", pool: { size: 5, maxOverflow: 1 } },
            backend: { processes: 12, resources: { limits: { memory: "4Gi" } } },
        },
        "many processes, without a memory limit": {
            database: { kind: "postgres", pool: { size: 5, maxOverflow: 1 } },
            backend: { processes: 12, resources: { requests: { memory: "2Gi" } } },
        },
        "environment of every form": {
            frontend: {
                env: {
                    A: "text",
                    B: 1,
                    C: false,
                    D: { secret: { name: "s", key: "k" } },
                    E: { configMap: { name: "c", key: "k" } },
                },
                envFrom: [{ secret: "s" }, { configMap: "c", prefix: "C_", optional: true }],
            },
        },
    });
});
