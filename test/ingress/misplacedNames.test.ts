import { accepts } from "../support/refusals";

const publicUrl = "https://keep.example.com";
const tls = { defaultCertificate: true };
const ALB = "alb.ingress.kubernetes.io";
const NGINX = "nginx.ingress.kubernetes.io";

describe("names of annotations", () => {
    accepts({
        "annotations that other tools read from an Ingress": {
            ingress: {
                kind: "nginx",
                annotations: {
                    "argocd.argoproj.io/sync-wave": "1",
                    "external-dns.alpha.kubernetes.io/access": "private",
                    "external-dns.alpha.kubernetes.io/ingress-hostname-source": "defined-hosts-only",
                    "forecastle.stakater.com/network-restricted": "true",
                    "gethomepage.dev/enabled": "true",
                    "kubernetes.io/description": "a",
                    "monitoring.example.com/whitelist": "a",
                    [`${NGINX}/enable-modsecurity`]: "True",
                },
            },
        },
        "policies of F5, and names of later versions that decide nothing about access": {
            ingress: {
                kind: "f5-nginx",
                annotations: {
                    "nginx.com/policies": "a",
                    "nginx.org/policies": "a",
                    "nginx.org/backend-association": "a",
                    "nginx.org/retry-policy": "a",
                    "nginx.org/session-log": "a",
                    "nginx.org/ssl-policy": "a",
                    "nginx.org/traffic-policy": "a",
                    "policy.example.com/policies": "a",
                },
            },
        },
        "annotations of controllers that no kind has": {
            platform: "openshift",
            ingress: {
                kind: "generic",
                className: "citrix",
                annotations: {
                    "higress.io/whitelist-source-range": "10.0.0.0/8",
                    "ingress.citrix.com/whitelist-source-range": "10.0.0.0/8",
                    "projectcontour.io/tls-client-auth": "a",
                    "route.openshift.io/allow-non-dns-compliant-host": "true",
                },
            },
        },
        "names of ports and Services that exist": {
            publicUrl,
            ingress: {
                kind: "gce",
                annotations: { "kubernetes.io/ingress.global-static-ip-name": "keep" },
                tls,
                tierAnnotations: {
                    frontend: { "cloud.google.com/backend-config": '{"ports":{"3000":"iap"}}' },
                    websocket: { "cloud.google.com/backend-config": '{"ports":{"websocket":"iap"}}' },
                },
            },
            extraIngresses: [
                {
                    hosts: ["a.example.com"],
                    tiers: ["backend"],
                    ingress: {
                        kind: "alb",
                        annotations: { [`${ALB}/conditions.keep-frontend`]: '[{"field":"source-ip"}]' },
                    },
                },
            ],
        },
        "a private address of Azure's Application Gateway": {
            ingress: {
                kind: "generic",
                className: "azure-application-gateway",
                annotations: { "appgw.ingress.kubernetes.io/use-private-ip": "True" },
            },
        },
        "annotations of F5 BIG-IP, which has the domain of the community's HAProxy for two of them": {
            ingress: {
                kind: "generic",
                className: "f5",
                annotations: {
                    "ingress.kubernetes.io/allow-http": "true",
                    "ingress.kubernetes.io/ssl-redirect": "true",
                    "virtual-server.f5.com/ip": "10.0.0.2",
                },
            },
        },
        "annotations of FortiADC, which have no domain": {
            ingress: {
                kind: "generic",
                className: "fadc-ingress-controller",
                annotations: { "fortiadc-login": "fad-login", "virtual-server-waf-profile": "High-Level-Security" },
            },
        },
        "classes that controllers read from an annotation alone": {
            publicUrl,
            ingress: {
                kind: "generic",
                annotations: {
                    "kubernetes.io/ingress.class": "openstack",
                    "octavia.ingress.kubernetes.io/internal": "false",
                },
                tls: { secretName: "keep" },
            },
            frontend: { service: { type: "NodePort" } },
            backend: { service: { type: "NodePort" } },
            websocket: { service: { type: "NodePort" } },
            extraIngresses: [
                {
                    name: "office",
                    ingress: {
                        kind: "generic",
                        annotations: { "kubernetes.io/ingress.class": "office" },
                        tls: { secretName: "keep" },
                    },
                },
            ],
        },
        "annotations of clouds that no kind has": {
            ingress: {
                kind: "generic",
                className: "yc-alb",
                annotations: {
                    "ingress.alb.yc.io/security-groups": "a",
                    "ingress.alb.yc.io/internal-ipv4-address": "auto",
                    "kubernetes.io/elb.acl-id": "a",
                    "kubernetes.io/elb.acl-status": "on",
                },
            },
        },
        "an internal load balancer that Cilium creates for an Ingress": {
            ingress: {
                kind: "generic",
                className: "cilium",
                annotations: {
                    "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
                    "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
                    "cloud.google.com/load-balancer-type": "Internal",
                },
            },
        },
        "what GKE reads from an Ingress, with the domain of what it reads from Services": {
            ingress: { kind: "gce", annotations: { "networking.gke.io/suppress-firewall-xpn-error": "true" } },
        },
        "a load balancer of a cloud for a Gateway of Istio": {
            ingress: {
                kind: "gateway",
                className: "istio",
                annotations: {
                    "cloud.google.com/load-balancer-type": "Internal",
                    "cloud.google.com/l4-rbs": "enabled",
                    "service.beta.kubernetes.io/aws-load-balancer-security-groups": "sg-1",
                    "service.beta.kubernetes.io/azure-pls-ip-configuration-subnet": "apps",
                },
            },
        },
        "annotations of a Gateway of any class that decide nothing about access": {
            ingress: {
                kind: "gateway",
                className: "public",
                annotations: {
                    "cloud.google.com/neg": "{}",
                    "service.beta.kubernetes.io/azure-dns-label-name": "keep",
                    "service.beta.kubernetes.io/azure-load-balancer-resource-group": "network",
                },
            },
        },
        "a load balancer of a Gateway whose class has a word of another one": {
            ingress: {
                kind: "gateway",
                className: "envoy-internal-alb",
                annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" },
            },
        },
        "an internal load balancer of a Gateway": {
            ingress: {
                kind: "gateway",
                className: "envoy",
                annotations: {
                    "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
                    "external-dns.alpha.kubernetes.io/hostname": "keep.example.com",
                },
            },
        },
    });
});
