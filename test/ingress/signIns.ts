/** Settings of stacks without a sign-in in Keep. */
export const noauth = { kind: "noauth", acceptPublic: true };

/** A stack whose API trusts headers of the edge. */
export const trusting = {
    auth: { kind: "oauth2proxy", edgeSetsHeaders: true },
    networkPolicy: {
        enabled: true,
        edge: [
            {
                namespaceLabels: { "kubernetes.io/metadata.name": "ingress" },
                podLabels: { "app.kubernetes.io/name": "i" },
            },
        ],
    },
};

/** A sign-in at ingress-nginx. */
export const SIGN_IN = { "nginx.ingress.kubernetes.io/auth-url": "https://sign-in.example.com" };

/** Annotation with directives of nginx. */
export const SNIPPET = "nginx.ingress.kubernetes.io/configuration-snippet";

/** Directives that set the headers of a sign-in. */
export const REWRITES_HEADERS = {
    [SNIPPET]: "proxy_set_header X-Forwarded-Email $email; proxy_set_header X-Forwarded-Groups $groups;",
};
