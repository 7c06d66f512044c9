import { accepts } from "../support/refusals";

const publicUrl = "https://keep.example.com";

describe("annotations that leave the program's decisions as they are", () => {
    accepts({
        "lists of addresses, as each controller reads them": {
            publicUrl,
            platform: "openshift",
            ingress: {
                kind: "openshift",
                tls: { defaultCertificate: true },
                annotations: { "haproxy.router.openshift.io/ip_allowlist": "10.0.0.0/8 2001:db8::1" },
            },
            extraIngresses: [
                ["haproxy", { "haproxy.org/allow-list": "10.0.0.1, 192.168.0.0/16" }],
                ["haproxy", { "haproxy.org/deny-list": "patterns/bots" }],
                ["haproxy-ingress", { "haproxy-ingress.github.io/allowlist-source-range": "10.0.0.0/8,!10.1.0.0/16" }],
                ["nginx", { "nginx.ingress.kubernetes.io/whitelist-source-range": "10.0.0.0/8,192.168.0.0/16" }],
                [
                    "alb",
                    {
                        "alb.ingress.kubernetes.io/auth-type": "oidc",
                        "alb.ingress.kubernetes.io/inbound-cidrs": "10.0.0.0/24",
                    },
                ],
            ].map(([kind, annotations], index) => ({
                name: `extra-${index}`,
                hosts: [`${index}.example.com`],
                ingress: { kind, tls: { defaultCertificate: true }, annotations },
            })),
        },
        "names that a later version of a controller may read": {
            publicUrl,
            ingress: {
                kind: "alb",
                tls: { defaultCertificate: true },
                annotations: {
                    "alb.ingress.kubernetes.io/security-groups": "sg-1",
                    "alb.ingress.kubernetes.io/target-group-health": "on",
                    "alb.ingress.kubernetes.io/conditions.keep-backend": "{}",
                },
                tierAnnotations: { frontend: { "alb.ingress.kubernetes.io/auth-type": "oidc" } },
            },
            extraIngresses: [
                {
                    hosts: ["a.example.com"],
                    ingress: {
                        kind: "nginx",
                        annotations: {
                            "nginx.ingress.kubernetes.io/enable-opentracing": true,
                            "nginx.ingress.kubernetes.io/cors-allow-private-network": true,
                        },
                    },
                },
                {
                    hosts: ["b.example.com"],
                    ingress: {
                        kind: "haproxy",
                        annotations: { "example.com/owner-list": "ops", "auth-realm": "Keep" },
                    },
                },
            ],
        },
        "health checks of one tier, and at a path that all have": {
            ingress: {
                kind: "haproxy",
                annotations: { "haproxy.org/check-http": "GET /" },
                tierAnnotations: { backend: { "haproxy.org/check-http": "/healthcheck" } },
            },
            backend: { service: { annotations: { "haproxy.org/check-http": "/healthcheck" } } },
        },
        "one entry point of Traefik without TLS": { ingress: { kind: "traefik", entryPoints: { http: "websecure" } } },
        "the termination that OpenShift's router has by default": {
            platform: "openshift",
            publicUrl,
            ingress: {
                kind: "generic",
                className: "openshift-default",
                tls: { secretName: "cert" },
                annotations: { "route.openshift.io/termination": "edge" },
            },
        },
        "annotations that leave the paths as they are, at a controller without a kind": {
            ingress: {
                kind: "generic",
                annotations: {
                    "konghq.com/strip-path": false,
                    "konghq.com/plugins": "keep-auth",
                    "alb.ingress.kubernetes.io/security-groups": "",
                    "alb.ingress.kubernetes.io/inbound-cidrs": "10.0.0.0/8",
                    "traefik.ingress.kubernetes.io/router.TLS.certResolver": "letsencrypt",
                    "ingress.kubernetes.io/auth-url": "https://sign-in.example.com",
                },
            },
        },
        "what other tools read": {
            publicUrl,
            ingress: {
                kind: "traefik",
                tls: { clusterIssuer: "letsencrypt" },
                annotations: {
                    "external-dns.alpha.kubernetes.io/ttl": "60",
                    "traefik.ingress.kubernetes.io/router.observability.metrics": false,
                },
            },
        },
        "a regional certificate on an internal load balancer of Google": {
            publicUrl,
            ingress: {
                kind: "gce",
                className: "gce-internal",
                tls: { defaultCertificate: true },
                annotations: { "ingress.gcp.kubernetes.io/pre-shared-cert": "keep" },
            },
        },
        ...Object.fromEntries(
            [
                ["nginx", "nginx.ingress.kubernetes.io", "https://$host/oauth2/auth"],
                ["nginx", "nginx.ingress.kubernetes.io", "http://oauth2-proxy.auth.svc.cluster.local:4180/oauth2/auth"],
                ["haproxy-ingress", "haproxy-ingress.github.io", "https://10.0.0.5:4180"],
                ["haproxy-ingress", "haproxy-ingress.github.io", "svc://auth/oauth2-proxy:4180/oauth2/auth"],
                ["haproxy-ingress", "haproxy-ingress.github.io", "service://oauth2-proxy:http/a?b=$c"],
            ].map(([kind, prefix = "", url]) => [
                `the sign-in at ${url} of ${kind}`,
                { ingress: { kind, annotations: { [`${prefix}/auth-url`]: url } } },
            ]),
        ),
        "a controller that the program does not know": {
            ingress: { kind: "generic", annotations: { "nginx.ingress.kubernetes.io/limit-rps": "5" } },
        },
        "HTTP by name, at ingress-nginx": {
            ingress: {
                kind: "nginx",
                annotations: {
                    "nginx.ingress.kubernetes.io/backend-protocol": "HTTP",
                    "nginx.ingress.kubernetes.io/proxy-http-version": 1.1,
                },
            },
        },
        "HTTP by name and health checks, at AWS": {
            publicUrl,
            ingress: {
                kind: "alb",
                tls: { defaultCertificate: true },
                certificateArn:
                    "arn:aws:acm:eu-west-1:111122223333:certificate/a-b,arn:aws-cn:iam::111122223333:server-certificate/web/keep",
                annotations: {
                    "alb.ingress.kubernetes.io/backend-protocol": "HTTP",
                    "alb.ingress.kubernetes.io/backend-protocol-version": "HTTP1",
                    "alb.ingress.kubernetes.io/healthcheck-port": "traffic-port",
                    "alb.ingress.kubernetes.io/healthcheck-interval-seconds": 30,
                },
            },
            backend: { service: { annotations: { "alb.ingress.kubernetes.io/success-codes": "200-299" } } },
        },
        "TLS that is off, at HAProxy's controllers": {
            ingress: { kind: "haproxy", annotations: { "haproxy.org/server-ssl": false } },
            extraIngresses: [
                {
                    hosts: ["a.example.com"],
                    ingress: {
                        kind: "haproxy-ingress",
                        annotations: {
                            "haproxy-ingress.github.io/secure-backends": false,
                            "haproxy-ingress.github.io/backend-protocol": "H1",
                        },
                    },
                },
            ],
        },
        "Traefik's settings of Services": {
            backend: {
                service: {
                    annotations: {
                        "traefik.ingress.kubernetes.io/service.nativelb": true,
                        "traefik.ingress.kubernetes.io/service.serversscheme": "http",
                    },
                },
            },
        },
        "a BackendConfig of one's own, and endpoints on nodes": {
            ingress: { kind: "gce" },
            frontend: { service: { annotations: { "cloud.google.com/backend-config": '{"default":"armor"}' } } },
            backend: {
                service: {
                    type: "NodePort",
                    annotations: {
                        "cloud.google.com/neg": '{"ingress": false}',
                        "cloud.google.com/app-protocols": '{"http":"HTTP"}',
                    },
                },
            },
        },
        "annotations of a controller that does not route to Keep": {
            ingress: { kind: "nginx" },
            backend: { service: { annotations: { "haproxy.org/server-ssl": true } } },
        },
        "HSTS for the browsers' list": {
            publicUrl,
            ingress: { tls: { secretName: "cert" }, hsts: { preload: true, includeSubdomains: true } },
        },
        "HSTS with the preload that F5's controller adds": {
            publicUrl,
            ingress: { kind: "f5-nginx", tls: { secretName: "cert" }, hsts: { preload: true } },
        },
        "F5's controller with live updates alone beside the API": {
            ingress: { kind: "f5-nginx" },
            frontend: { enabled: false },
        },
        "F5's controller with the API alone": {
            ingress: { kind: "f5-nginx" },
            frontend: { enabled: false },
            websocket: { kind: "none" },
        },
    });
});
