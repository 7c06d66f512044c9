import { NGINX, NGINX_ACCESS } from "./annotationNames/nginx";
import { ingressFields } from "./fields";
import { HEADER_BUFFER, headerBuffers } from "./headerBuffers";
import { backendOf, escapeRegExp, ingressObject, type IngressPath, splitByTier } from "./ingressObject";
import { ingressKind } from "./kind";
import type { PathRule } from "./paths";
import { onlyReadableLists } from "./accessLists";
import { firstFault, onlyPlainHttp, onlyValues } from "./protocols";

const CLASS = "nginx";

/** All sizes, because the controller or its ConfigMap can set others, and NGINX rejects sizes that do not match. */
const BUFFERS = {
    "nginx.ingress.kubernetes.io/proxy-buffer-size": HEADER_BUFFER,
    "nginx.ingress.kubernetes.io/proxy-buffers-number": "8",
    "nginx.ingress.kubernetes.io/proxy-busy-buffers-size": "32k",
};

/**
 * One Ingress without snippets. Each path is a regular expression with two groups, and requests are rewritten to the
 * second group (https://kubernetes.github.io/ingress-nginx/examples/rewrite/). Annotations:
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
export const nginx = ingressKind({
    kind: "nginx",
    type: "keep:ingress:NginxIngress",
    description: "the community's ingress-nginx (retired: no fixes since March 2026)",
    usualClass: CLASS,
    rewritesPaths: true,
    decodesPaths: true,
    fields: ingressFields,
    supports: {
        hsts: "applies to the whole controller in ingress-nginx. Remove it, and set hsts in the controller's ConfigMap",
        maxBodyMegabytes: true,
        tierAnnotations: true,
    },
    access: NGINX_ACCESS,
    reads: { "nginx.ingress.kubernetes.io/": NGINX },
    managedAnnotations: {
        "nginx.ingress.kubernetes.io/use-regex": "keep:ingress.backendPrefix",
        "nginx.ingress.kubernetes.io/rewrite-target": "keep:ingress.backendPrefix",
        "nginx.ingress.kubernetes.io/proxy-body-size": "keep:ingress.maxBodyMegabytes",
        "nginx.ingress.kubernetes.io/proxy-read-timeout": "keep:ingress.timeoutSeconds",
        "nginx.ingress.kubernetes.io/proxy-send-timeout": "keep:ingress.timeoutSeconds",
        "nginx.ingress.kubernetes.io/ssl-redirect": "keep:ingress.tls",
        "nginx.ingress.kubernetes.io/force-ssl-redirect": "keep:ingress.tls",
        "nginx.ingress.kubernetes.io/ssl-passthrough": "keep:ingress.tls",
    },
    annotationFault: firstFault(
        onlyPlainHttp({
            "nginx.ingress.kubernetes.io/backend-protocol": /^http$/i,
            // Soketi does not answer HTTP/1.0.
            "nginx.ingress.kubernetes.io/proxy-http-version": /^1\.1$/,
        }),
        // Parse in internal/ingress/annotations/authtls/main.go and authreq/main.go of kubernetes/ingress-nginx
        onlyValues(
            { "nginx.ingress.kubernetes.io/auth-tls-secret": /^([^/]+\/[^/]+)?$/ },
            "names no namespace, and the controller then answers no request. Write it as namespace/name",
        ),
        onlyValues(
            {
                "nginx.ingress.kubernetes.io/auth-url":
                    /^([a-z][a-z\d+.-]*:\/\/(?![^/?#]*\.\.)[^/?#:]+(:\d*)?([/?#][^]*)?)?$/i,
            },
            "is no URL with a host, and the controller then answers no request. Write it like https://$host/oauth2/auth",
        ),
        onlyReadableLists({ names: /\/((white|allow|deny)list-source-range)$/, separator: "," }),
    ),
    objects: (context) => {
        const { config, encrypted } = context;
        const timeout = String(config.timeoutSeconds);
        const annotations = {
            "nginx.ingress.kubernetes.io/use-regex": "true",
            "nginx.ingress.kubernetes.io/rewrite-target": "/$2",
            "nginx.ingress.kubernetes.io/proxy-body-size": `${config.maxBodyMegabytes ?? 10}m`,
            "nginx.ingress.kubernetes.io/proxy-read-timeout": timeout,
            "nginx.ingress.kubernetes.io/proxy-send-timeout": timeout,
            // By default, the controller only redirects if the Ingress has a Secret.
            ...(encrypted ? { "nginx.ingress.kubernetes.io/force-ssl-redirect": "true" } : {}),
        };
        const className = config.className ?? CLASS;
        return splitByTier(context.rules, config).map(({ part, rules }) =>
            ingressObject(context, {
                part,
                className,
                rules,
                paths: regexPath,
                annotations: { ...annotations, ...headerBuffers(BUFFERS, config, rules) },
            }),
        );
    },
    documentation: {
        objects: "one Ingress",
        recipe: { tls: { clusterIssuer: "letsencrypt" } },
        notes: `Choose another kind if you can, because this controller is retired. The Ingress contains no snippets, so the controller need not allow them.

The Ingress sets buffers of 16 KiB, because the session cookie contains the tokens of the identity provider. If you set \`proxy-buffer-size\`,
\`proxy-buffers-number\` or \`proxy-busy-buffers-size\` in \`annotations\` or in a snippet, the program sets none of the three.`,
    },
});

function regexPath({ prefix, endpoint, strip }: PathRule): IngressPath[] {
    const expression = escapeRegExp(prefix.slice(1));
    const kept = expression === "" ? "/()(.*)" : `/()(${expression}(?:/.*|$))`;
    const path = strip ? `/${expression}(/|$)(.*)` : kept;
    return [{ path, pathType: "ImplementationSpecific", backend: backendOf(endpoint) }];
}
