import { accepts } from "../support/refusals";

const publicUrl = "https://keep.example.com";
const tls = { defaultCertificate: true };
const ALB = "alb.ingress.kubernetes.io";
const NGINX = "nginx.ingress.kubernetes.io";
const OPTIONS = "traefik.ingress.kubernetes.io/router.tls.options";
const CLIENTS = '[{"port":443,"mode":"verify","trustStore":"keep"}]';

describe("annotations for access that work where they are", () => {
    accepts({
        "client certificates for a host": {
            publicUrl,
            ingress: {
                kind: "nginx",
                tls,
                annotations: {
                    [`${NGINX}/auth-tls-secret`]: "keep/ca",
                    [`${NGINX}/auth-tls-verify-client`]: "optional",
                    [`${NGINX}/auth-tls-match-cn`]: "CN=ops",
                },
            },
        },
        "sign-in whose other annotations the controller's ConfigMap has": {
            publicUrl,
            ingress: {
                kind: "haproxy-ingress",
                tls,
                annotations: { "haproxy-ingress.github.io/auth-tls-verify-client": "optional" },
                tierAnnotations: { frontend: { "haproxy-ingress.github.io/auth-signin": "https://a.example.com" } },
            },
            extraIngresses: [
                {
                    hosts: ["a.example.com"],
                    ingress: {
                        kind: "haproxy",
                        tls,
                        tierAnnotations: { frontend: { "haproxy.org/auth-secret": "users" } },
                    },
                },
            ],
        },
        "client certificates that are off": {
            ingress: { kind: "nginx", annotations: { [`${NGINX}/auth-tls-verify-client`]: "off" } },
        },
        "options of TLS whose name contains a dot, and an object of a file with capitals": {
            publicUrl,
            ingress: {
                tls,
                annotations: {
                    [OPTIONS]: "keep-tls1.3@kubernetescrd",
                    "traefik.ingress.kubernetes.io/router.middlewares": "k8s-2-a@kubernetescrd, ForwardAuth@file",
                },
            },
        },
        "the same options of TLS in two ingresses of a host": {
            publicUrl,
            ingress: { tls, annotations: { [OPTIONS]: "keep-mtls@kubernetescrd" } },
            extraIngresses: [
                {
                    name: "other",
                    ingress: {
                        kind: "traefik",
                        className: "other",
                        tls,
                        annotations: { [OPTIONS]: "keep-mtls@kubernetescrd" },
                    },
                },
            ],
        },
        "options of TLS for a host of its own": {
            publicUrl,
            ingress: { tls, annotations: { [OPTIONS]: "default" } },
            extraIngresses: [
                {
                    name: "other",
                    hosts: ["other.example.com"],
                    ingress: { kind: "traefik", tls, annotations: { [OPTIONS]: "mtls@file" } },
                },
            ],
        },
        "client certificates at AWS": {
            publicUrl,
            ingress: { kind: "alb", tls, annotations: { [`${ALB}/mutual-authentication`]: CLIENTS } },
        },
        "sign-in at AWS by a kind for any controller": {
            publicUrl,
            ingress: {
                kind: "generic",
                className: "alb",
                tls,
                annotations: {
                    [`${ALB}/auth-type`]: "oidc",
                    [`${ALB}/auth-idp-oidc`]: "{}",
                    [`${ALB}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]',
                    [`${ALB}/ssl-redirect`]: "443",
                },
            },
            extraIngresses: [
                {
                    hosts: ["other.example.com"],
                    ingress: {
                        kind: "generic",
                        className: "other",
                        tls,
                        annotations: {
                            [`${ALB}/listen-ports`]: '[{"HTTPS":8443}]',
                            [`${ALB}/mutual-authentication`]: CLIENTS.replace("443", "8443"),
                        },
                    },
                },
            ].map((extra) => ({ name: "other", ...extra })),
        },
        "sign-in whose provider the Ingress names, and whose type each Service": {
            publicUrl,
            ingress: {
                kind: "alb",
                tls,
                annotations: { [`${ALB}/auth-idp-oidc`]: "{}" },
                tierAnnotations: { frontend: { [`${ALB}/auth-type`]: "oidc" } },
            },
            extraIngresses: [
                {
                    name: "hooks",
                    hosts: ["hooks.example.com"],
                    tiers: ["backend"],
                    ingress: { kind: "alb", tls, tierAnnotations: { backend: { [`${ALB}/auth-type`]: "none" } } },
                },
            ],
        },
        "a BackendConfig for GKE Ingress beside a Gateway": {
            ingress: { kind: "gce" },
            extraIngresses: [
                {
                    hosts: ["other.example.com"],
                    tiers: ["backend"],
                    ingress: { kind: "gateway", className: "gke-l7-rilb", implementation: "gke" },
                },
            ],
            frontend: { service: { annotations: { "cloud.google.com/backend-config": '{"default":"iap"}' } } },
        },
        "a redirect of an old host": {
            ingress: { kind: "nginx" },
            extraIngresses: [
                {
                    name: "old",
                    hosts: ["old.example.com"],
                    ingress: {
                        kind: "nginx",
                        annotations: { [`${NGINX}/permanent-redirect`]: "http://keep.example.com" },
                    },
                },
            ],
        },
        "two issuers, each with a Secret of its own": {
            publicUrl,
            ingress: { tls: { clusterIssuer: "corp" } },
            extraIngresses: [
                {
                    name: "hooks",
                    hosts: ["hooks.example.com"],
                    ingress: { kind: "nginx", tls: { clusterIssuer: "letsencrypt" } },
                },
                {
                    hosts: ["a.example.com"],
                    ingress: { kind: "haproxy", tls: { clusterIssuer: "letsencrypt", secretName: "a" } },
                },
            ],
        },
    });
});
