import { accepts } from "../support/refusals";
import { noauth, SIGN_IN, trusting } from "./signIns";

const MIDDLEWARES = "traefik.ingress.kubernetes.io/router.middlewares";
const LIST = { "nginx.ingress.kubernetes.io/whitelist-source-range": "10.0.0.0/8" };
const PASSWORD = {
    "nginx.ingress.kubernetes.io/auth-type": "basic",
    "nginx.ingress.kubernetes.io/auth-secret": "users",
};

describe("access control by annotations", () => {
    accepts({
        "a password for the user interface, whose calls of the API have other paths": {
            ingress: { kind: "nginx", tierAnnotations: { frontend: PASSWORD } },
        },
        "a password for the API, which no user interface calls": {
            frontend: { enabled: false },
            ingress: { kind: "nginx", annotations: PASSWORD },
        },
        "a password on a host for webhooks": {
            ingress: { kind: "nginx" },
            extraIngresses: [
                {
                    name: "hooks",
                    hosts: ["hooks.example.com"],
                    tiers: ["backend"],
                    ingress: { kind: "nginx", annotations: PASSWORD },
                },
            ],
        },
        "a list for the API on a host for webhooks": {
            ingress: { kind: "nginx" },
            extraIngresses: [
                {
                    name: "hooks",
                    hosts: ["hooks.example.com"],
                    tiers: ["backend"],
                    ingress: { kind: "nginx", tierAnnotations: { backend: LIST } },
                },
            ],
        },
        "a list for the API, and sign-in for the user interface": {
            ingress: { kind: "nginx", tierAnnotations: { backend: LIST, frontend: SIGN_IN } },
        },
        "sign-in for the user interface alone, where the API asks for a key": {
            ingress: { kind: "nginx", tierAnnotations: { frontend: SIGN_IN } },
        },
        "ranges of a condition at AWS for both Services, without sign-in": {
            auth: { kind: "noauth", acceptPublic: true },
            ingress: {
                kind: "alb",
                annotations: Object.fromEntries(
                    ["frontend", "backend"].map((tier) => [
                        `alb.ingress.kubernetes.io/conditions.keep-${tier}`,
                        '[{"field":"source-ip","sourceIpConfig":{"values":["10.0.0.0/8"]}}]',
                    ]),
                ),
            },
        },
        "a sign-in at AWS that rejects requests of the API without it": {
            publicUrl: "https://keep.example.com",
            auth: { kind: "noauth", acceptPublic: true },
            ingress: {
                kind: "alb",
                tls: { defaultCertificate: true },
                annotations: {
                    "alb.ingress.kubernetes.io/auth-type": "oidc",
                    "alb.ingress.kubernetes.io/auth-idp-oidc": '{"issuer":"https://sso.example.com"}',
                },
                tierAnnotations: { backend: { "alb.ingress.kubernetes.io/auth-on-unauthenticated-request": "deny" } },
            },
        },
        "sign-in of both Services at AWS": {
            publicUrl: "https://keep.example.com",
            ingress: {
                kind: "alb",
                tls: { defaultCertificate: true },
                tierAnnotations: { backend: { "alb.ingress.kubernetes.io/auth-type": "oidc" } },
            },
            frontend: { service: { annotations: { "alb.ingress.kubernetes.io/auth-type": "oidc" } } },
        },
        "limits for the API alone": {
            ingress: { kind: "nginx", tierAnnotations: { backend: { "nginx.ingress.kubernetes.io/limit-rps": 5 } } },
        },
        "sign-in for all tiers, without sign-in in Keep": {
            auth: noauth,
            ingress: { kind: "nginx", annotations: SIGN_IN },
        },
        "sign-in for the user interface alone, which passes on all calls of the API": {
            auth: noauth,
            ingress: { kind: "generic", tierAnnotations: { frontend: SIGN_IN } },
        },
        "headers of a sign-in for all tiers, beside other middlewares": {
            ...trusting,
            ingress: {
                annotations: { [MIDDLEWARES]: "keep-oauth@kubernetescrd" },
                tierAnnotations: { frontend: { [MIDDLEWARES]: "keep-limit@kubernetescrd" } },
                acceptTierObjects: ["keep-limit@kubernetescrd"],
            },
        },
        "sign-in at Traefik for all tiers, and a limit for the API": {
            auth: noauth,
            ingress: {
                annotations: { [MIDDLEWARES]: "keep-oauth@kubernetescrd" },
                tierAnnotations: { backend: { [MIDDLEWARES]: "keep-limit@kubernetescrd" } },
            },
        },
        "a list at Traefik for all tiers, and others for one": {
            auth: noauth,
            ingress: {
                annotations: { [MIDDLEWARES]: "keep-ipallowlist@kubernetescrd" },
                tierAnnotations: { backend: { [MIDDLEWARES]: "keep-ipallowlist-strict@kubernetescrd" } },
            },
        },
        "plugins of Kong for all tiers, and a limit for the API": {
            auth: noauth,
            ingress: {
                kind: "gateway",
                parentRef: { name: "kong" },
                annotations: { "konghq.com/plugins": "keep-ip-restriction" },
                tierAnnotations: { backend: { "konghq.com/plugins": "keep-rate-limit" } },
            },
        },
        "middlewares for the API whose names say nothing of access": {
            ingress: {
                tierAnnotations: {
                    backend: { [MIDDLEWARES]: "keep-ratelimit@kubernetescrd,cors-allow@file,strip@file" },
                },
            },
        },
        "middlewares for the API that are no access control, whatever their names are": {
            ingress: {
                tierAnnotations: { backend: { [MIDDLEWARES]: "rate-limit-auth@file, strip@file" } },
                acceptTierObjects: ["rate-limit-auth@file"],
            },
        },
        "a list at Traefik for the user interface alone, where the API asks for a key": {
            ingress: { tierAnnotations: { frontend: { [MIDDLEWARES]: "keep-ipallowlist@kubernetescrd" } } },
        },
        "middlewares of the user interface alone that ask for no sign-in": {
            auth: noauth,
            ingress: {
                tierAnnotations: {
                    frontend: { [MIDDLEWARES]: "keep-ratelimit@kubernetescrd,allow-iframe@file" },
                },
                acceptTierObjects: ["keep-ratelimit@kubernetescrd", "allow-iframe@file"],
            },
        },
        "plugins for the user interface alone that ask for no sign-in": {
            ...trusting,
            ingress: {
                kind: "gateway",
                parentRef: { name: "kong" },
                tierAnnotations: {
                    frontend: { "konghq.com/plugins": "cors,ip-restriction" },
                },
                acceptTierObjects: ["cors", "ip-restriction"],
            },
        },
        "sign-in for all tiers by an object whose name does not say so": {
            ...trusting,
            ingress: {
                annotations: { [MIDDLEWARES]: "keep-staff@kubernetescrd" },
                tierAnnotations: { frontend: { [MIDDLEWARES]: "keep-compress@kubernetescrd" } },
                acceptTierObjects: ["keep-compress@kubernetescrd"],
            },
        },
        "an object for the API whose name says nothing, where Keep asks for a sign-in": {
            ingress: { tierAnnotations: { backend: { [MIDDLEWARES]: "keep-staff@kubernetescrd" } } },
        },
        "a list for the user interface, where the controller sets the headers": {
            ...trusting,
            ingress: { kind: "nginx", tierAnnotations: { frontend: LIST } },
        },
        "another sign-in for the API, whose clients follow no redirect": {
            ...trusting,
            ingress: {
                tierAnnotations: {
                    frontend: { [MIDDLEWARES]: "traefik-oauth-auth-redirect@kubernetescrd" },
                    backend: { [MIDDLEWARES]: "traefik-oauth-auth-wo-redirect@kubernetescrd" },
                },
                acceptTierObjects: ["traefik-oauth-auth-redirect@kubernetescrd"],
            },
        },
        "the same sign-in on the router of the user interface and the Service of the API": {
            auth: noauth,
            ingress: { tierAnnotations: { frontend: { [MIDDLEWARES]: "auth_authelia@kubernetescrd" } } },
            backend: {
                service: {
                    annotations: { "traefik.ingress.kubernetes.io/service.middlewares": "auth_authelia@kubernetescrd" },
                },
            },
        },
        "a list for the API, and a sign-in for the user interface, without sign-in in Keep": {
            auth: noauth,
            ingress: {
                tierAnnotations: {
                    frontend: { [MIDDLEWARES]: "auth-authelia@kubernetescrd" },
                    backend: { [MIDDLEWARES]: "security-ip-allowlist@kubernetescrd" },
                },
                acceptTierObjects: ["auth-authelia@kubernetescrd"],
            },
        },
    });
});
