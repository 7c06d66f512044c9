import { accepts } from "../support/refusals";

describe("lists of addresses for load balancers", () => {
    accepts({
        "ranges beside what restricts access where they are not read": {
            frontend: {
                service: {
                    type: "LoadBalancer",
                    annotations: {
                        "load-balancer.hetzner.cloud/disable-public-network": "true",
                        "kubernetes.civo.com/firewall-id": "03093ef6-31e6-48b1-ab1d-152ac3a8c90a",
                        "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
                    },
                },
            },
            backend: {
                service: {
                    type: "LoadBalancer",
                    annotations: {
                        "service.beta.kubernetes.io/linode-loadbalancer-firewall-id": "1",
                        "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
                    },
                },
            },
        },
        "ranges where the field alone is read": {
            frontend: {
                service: {
                    type: "LoadBalancer",
                    annotations: {
                        "service.beta.kubernetes.io/do-loadbalancer-name": "keep",
                        "service.beta.kubernetes.io/scw-loadbalancer-type": "lb-s",
                        "lb.stackit.cloud/service-plan-id": "p10",
                        "metallb.io/address-pool": "public",
                        "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
                    },
                },
            },
            backend: {
                service: {
                    type: "LoadBalancer",
                    loadBalancerClass: "alibabacloud.com/nlb",
                    annotations: {
                        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-zone-maps": "a:b",
                        "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
                    },
                },
            },
        },
        "ranges for a Gateway on a cloud that reads the annotation": {
            ingress: {
                kind: "gateway",
                className: "cilium",
                annotations: {
                    "networking.gke.io/load-balancer-type": "External",
                    "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
                },
            },
        },
        "ranges for a Gateway on Azure": {
            ingress: {
                kind: "gateway",
                className: "envoy",
                annotations: {
                    "service.beta.kubernetes.io/azure-allowed-ip-ranges": "10.0.0.0/8",
                    "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
                },
            },
        },
        "ranges for a Gateway on a cloud that is in no table": {
            ingress: {
                kind: "gateway",
                className: "envoy",
                annotations: {
                    "loadbalancer.ovhcloud.com/flavor": "small",
                    "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
                },
            },
        },
        "ranges for a Gateway on a cloud that is in no table, with names of Kubernetes": {
            ingress: {
                kind: "gateway",
                className: "envoy",
                annotations: {
                    "kubernetes.io/elb.class": "union",
                    "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
                },
            },
        },
        "ranges for a Gateway beside what restricts access where they are not read": {
            ingress: {
                kind: "gateway",
                className: "istio",
                annotations: {
                    "service.beta.kubernetes.io/do-loadbalancer-allow-rules": "cidr:10.0.0.0/8",
                    "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
                },
            },
        },
    });
});
