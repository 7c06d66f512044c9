import { accepts } from "../support/refusals";
import { noauth, REWRITES_HEADERS, SIGN_IN, SNIPPET, trusting } from "./signIns";

const TOKEN = {
    ...SIGN_IN,
    "nginx.ingress.kubernetes.io/auth-response-headers": "Authorization,X-Forwarded-Email,X-Forwarded-Groups",
};

describe("headers that a sign-in at the edge sets", () => {
    accepts({
        "headers of a sign-in for all tiers": {
            ...trusting,
            ingress: {
                kind: "nginx",
                annotations: {
                    ...SIGN_IN,
                    "nginx.ingress.kubernetes.io/auth-response-headers": "X-Forwarded-Groups, x-forwarded-email",
                },
            },
        },
        "a token in a list without a sign-in on the paths of the API": {
            ingress: {
                kind: "nginx",
                annotations: { "nginx.ingress.kubernetes.io/auth-response-headers": "Authorization" },
                tierAnnotations: { frontend: SIGN_IN },
            },
        },
        "a sign-in with a name of its own, for all tiers": {
            auth: noauth,
            ingress: {
                kind: "traefik",
                annotations: { "traefik.ingress.kubernetes.io/router.middlewares": "sec-staff@kubernetescrd" },
            },
        },
        "a limit by address, a firewall and a list of senders to keep out, for the API alone": {
            ingress: {
                kind: "traefik",
                tierAnnotations: {
                    backend: {
                        "traefik.ingress.kubernetes.io/router.middlewares":
                            "keep-rl-by-ip@kubernetescrd,keep-coraza-waf@kubernetescrd",
                    },
                },
            },
            extraIngresses: [
                {
                    hosts: ["a.example.com"],
                    ingress: {
                        kind: "nginx",
                        tierAnnotations: {
                            backend: { "nginx.ingress.kubernetes.io/denylist-source-range": "203.0.113.0/24" },
                        },
                    },
                },
            ],
        },
        "certificates of clients for the whole host, and a sign-in of the user interface": {
            auth: noauth,
            publicUrl: "https://keep.example.com",
            ingress: {
                kind: "nginx",
                tls: { secretName: "a" },
                annotations: { "nginx.ingress.kubernetes.io/auth-tls-secret": "keep/ca" },
                tierAnnotations: { frontend: SIGN_IN },
            },
        },
        "headers of a sign-in that a snippet sets": {
            ...trusting,
            ingress: { kind: "nginx", annotations: { ...SIGN_IN, ...REWRITES_HEADERS } },
        },
        "headers of a sign-in with names of their own": {
            ...trusting,
            auth: { ...trusting.auth, userHeader: "X-Auth-Request-Email", groupsHeader: "X-Auth-Request-Groups" },
            ingress: {
                kind: "nginx",
                annotations: {
                    ...SIGN_IN,
                    "nginx.ingress.kubernetes.io/auth-response-headers": "X-Auth-Request-Email,X-Auth-Request-Groups",
                },
            },
        },
        "headers that a snippet of the server removes for all paths, and a cache of the sign-in by all cookies": {
            ...trusting,
            ingress: {
                kind: "nginx",
                annotations: {
                    ...SIGN_IN,
                    "nginx.ingress.kubernetes.io/server-snippet":
                        "more_clear_input_headers X-Forwarded-Email X-Forwarded-Groups;",
                    "nginx.ingress.kubernetes.io/auth-cache-key": "$http_cookie",
                },
            },
        },
        "a cache of another sign-in than that of browsers, with users in Keep": {
            ingress: {
                kind: "nginx",
                annotations: { ...SIGN_IN, "nginx.ingress.kubernetes.io/auth-cache-key": "$http_authorization" },
            },
        },
        "headers that HAProxy Ingress removes before the sign-in": {
            ...trusting,
            ingress: {
                kind: "haproxy-ingress",
                annotations: {
                    "haproxy-ingress.github.io/auth-url": "https://a.example.com",
                    "haproxy-ingress.github.io/config-backend-early":
                        "http-request del-header X-Forwarded-Email\nhttp-request del-header X-Forwarded-Groups",
                },
            },
            extraIngresses: [
                {
                    name: "other",
                    hosts: ["a.example.com"],
                    edgeSetsHeaders: true,
                    ingress: {
                        kind: "haproxy-ingress",
                        className: "other",
                        annotations: {
                            "haproxy-ingress.github.io/oauth": "oauth2_proxy",
                            "haproxy-ingress.github.io/request-del-headers": "X-Forwarded-Email,X-Forwarded-Groups",
                        },
                    },
                },
                {
                    name: "third",
                    hosts: ["b.example.com"],
                    edgeSetsHeaders: true,
                    ingress: {
                        kind: "haproxy-ingress",
                        className: "third",
                        annotations: {
                            "haproxy-ingress.github.io/auth-url": "https://a.example.com",
                            "haproxy-ingress.github.io/headers": "X-Forwarded-Email: none\nX-Forwarded-Groups: none\n",
                        },
                    },
                },
            ],
        },
        "headers of a sign-in at ingress-nginx with another prefix": {
            ...trusting,
            ingress: {
                kind: "generic",
                className: "nginx",
                annotations: {
                    "custom.prefix.io/auth-url": "https://sign-in.example.com",
                    "custom.prefix.io/auth-response-headers": "X-Forwarded-Email,X-Forwarded-Groups",
                },
            },
        },
        "headers of a sign-in at APISIX": {
            ...trusting,
            ingress: {
                kind: "generic",
                className: "apisix",
                annotations: {
                    "k8s.apisix.apache.org/auth-uri": "http://authelia.auth.svc/api/authz/forward-auth",
                    "k8s.apisix.apache.org/auth-upstream-headers": "X-Forwarded-Email,X-Forwarded-Groups",
                },
            },
        },
        "headers of a sign-in that directives of the controllers set, whatever they read": {
            ...trusting,
            ingress: {
                kind: "haproxy-ingress",
                annotations: {
                    "haproxy-ingress.github.io/auth-url": "https://a.example.com",
                    "haproxy-ingress.github.io/auth-headers-succeed": "x-other",
                    "haproxy-ingress.github.io/config-backend": `
                        http-request set-header X-Forwarded-Email %[var(req.auth_response_header.x_email)]
                        http-request set-header X-Forwarded-Groups %[var(req.auth_response_header.x_groups)]`,
                },
            },
            extraIngresses: [
                'more_clear_input_headers "X-Forwarded-Email" "X-Forwarded-Groups";',
                'access_by_lua_block { ngx.req.clear_header("X-Forwarded-Email"); ngx.req.set_header("X-Forwarded-Groups", ""); }',
            ].map((snippet, index) => ({
                name: `n${index}`,
                hosts: [`n${index}.example.com`],
                edgeSetsHeaders: true,
                ingress: { kind: "nginx", annotations: { ...SIGN_IN, [SNIPPET]: snippet } },
            })),
        },
        "another token for the user interface alone": {
            ingress: { kind: "nginx", tierAnnotations: { frontend: TOKEN } },
        },
        "another token on a host for webhooks": {
            ingress: { kind: "nginx" },
            extraIngresses: [
                {
                    name: "hooks",
                    hosts: ["hooks.example.com"],
                    tiers: ["backend"],
                    ingress: { kind: "nginx", annotations: TOKEN },
                },
            ],
        },
        "another token where the API reads headers": { ...trusting, ingress: { kind: "nginx", annotations: TOKEN } },
        "another token, without sign-in in Keep": { auth: noauth, ingress: { kind: "nginx", annotations: TOKEN } },
        "other headers of a sign-in": {
            ingress: {
                kind: "nginx",
                annotations: {
                    ...SIGN_IN,
                    "nginx.ingress.kubernetes.io/auth-response-headers": "X-Authorization,X-Auth-Request-User",
                },
            },
        },
        "headers of a sign-in that the edge removes from requests to the API": {
            ...trusting,
            ingress: { kind: "nginx", tierAnnotations: { frontend: TOKEN, backend: REWRITES_HEADERS } },
        },
    });
});
