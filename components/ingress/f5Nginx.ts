import { APP_PROTECT, APP_PROTECT_DOS, F5_NGINX_ACCESS, NGINX_COM, NGINX_ORG } from "./annotationNames/f5Nginx";
import { ingressFields } from "./fields";
import { HEADER_BUFFER, headerBuffers } from "./headerBuffers";
import { backendOf, exactAndPrefixPaths, ingressObject, type IngressPath } from "./ingressObject";
import { issue } from "../fields/issue";
import { ingressKind } from "./kind";
import type { PathRule } from "./paths";
import { onlyPlainHttp } from "./protocols";

const CLASS = "nginx";

/** All three sizes, because the controller's ConfigMap can set others, and NGINX rejects sizes that do not match. */
const BUFFERS = {
    "nginx.org/proxy-buffer-size": HEADER_BUFFER,
    "nginx.org/proxy-buffers": `8 ${HEADER_BUFFER}`,
    "nginx.org/proxy-busy-buffers-size": "32k",
};

/**
 * One Ingress for all tiers, because the controller accepts only one Ingress for each host. Rewrites and websockets are
 * set by Service
 * (https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/).
 */
export const f5Nginx = ingressKind({
    kind: "f5-nginx",
    type: "keep:ingress:F5NginxIngress",
    description: "NGINX Ingress Controller of F5 (nginx.org)",
    usualClass: CLASS,
    rewritesPaths: true,
    decodesPaths: true,
    fields: ingressFields,
    supports: {
        hsts: true,
        maxBodyMegabytes: true,
        tierAnnotations:
            "needs several Ingresses for one host, but this controller accepts only one. Remove it, or use another kind",
    },
    access: F5_NGINX_ACCESS,
    reads: {
        "nginx.org/": NGINX_ORG,
        "nginx.com/": NGINX_COM,
        "appprotect.f5.com/": APP_PROTECT,
        "appprotectdos.f5.com/": APP_PROTECT_DOS,
    },
    managedAnnotations: {
        "nginx.org/rewrites": "keep:ingress.backendPrefix",
        "nginx.org/rewrite-target": "keep:ingress.backendPrefix",
        "nginx.org/path-regex": "keep:ingress.backendPrefix",
        "nginx.org/websocket-services": "keep:websocket",
        "nginx.org/client-max-body-size": "keep:ingress.maxBodyMegabytes",
        "nginx.org/proxy-read-timeout": "keep:ingress.timeoutSeconds",
        "nginx.org/proxy-send-timeout": "keep:ingress.timeoutSeconds",
        "nginx.org/hsts*": "keep:ingress.hsts",
        "nginx.org/mergeable-ingress-type": "the program, which creates one Ingress",
        "nginx.org/ssl-redirect": "keep:ingress.tls",
        "ingress.kubernetes.io/ssl-redirect": "keep:ingress.tls",
        "nginx.org/redirect-to-https": "keep:ingress.tls",
    },
    annotationFault: onlyPlainHttp({ "nginx.org/grpc-services": /^$/, "nginx.org/ssl-services": /^$/ }),
    rules: ({ hsts }) => [
        hsts?.preload === false &&
            issue(
                "ingress.hsts.preload",
                "cannot be false, because this controller always adds preload. Set it to true if you agree to that, or remove keep:ingress.hsts",
                { value: false },
            ),
    ],
    objects: (context) => {
        const { config, rules } = context;
        const { hsts, maxBodyMegabytes, timeoutSeconds, tls } = config;
        const stripped = rules.filter(({ strip }) => strip);
        const websocket = rules.find(({ tier }) => tier === "websocket");
        const annotations = {
            "nginx.org/rewrites": stripped.map(({ endpoint }) => `serviceName=${endpoint.service} rewrite=/`).join(";"),
            ...(websocket === undefined ? {} : { "nginx.org/websocket-services": websocket.endpoint.service }),
            "nginx.org/client-max-body-size": `${maxBodyMegabytes ?? 10}m`,
            "nginx.org/proxy-read-timeout": `${timeoutSeconds}s`,
            "nginx.org/proxy-send-timeout": `${timeoutSeconds}s`,
            ...headerBuffers(BUFFERS, config, rules),
            ...(hsts === undefined
                ? {}
                : {
                      "nginx.org/hsts": "true",
                      "nginx.org/hsts-max-age": String(hsts.maxAgeSeconds),
                      "nginx.org/hsts-include-subdomains": String(hsts.includeSubdomains),
                      ...(tls?.terminatedOutside === true ? { "nginx.org/hsts-behind-proxy": "true" } : {}),
                  }),
        };
        const className = config.className ?? CLASS;
        const other = rules.find(({ tier }) => tier !== "backend")?.endpoint;
        const paths = (rule: PathRule) => [...exactAndPrefixPaths(rule), ...pathsThatBecomeMetrics(rule, other)];
        return [ingressObject(context, { className, rules, paths, annotations })];
    },
    documentation: {
        objects: "one Ingress",
        recipe: { className: "nginx", tls: { secretName: "keep-certificate" }, maxBodyMegabytes: 25 },
        notes: `Use a host that no other Ingress uses, because this controller reads a host from one Ingress only. If you set \`hsts\`, also set
\`preload: true\`, because the HSTS header of this controller always contains \`preload\`.

With \`tls.defaultCertificate\`, the controller uses its wildcard certificate, which is the value \`controller.wildcardTLS.secret\` of its
chart. Without this certificate, it rejects every TLS connection to Keep's hosts.

The Ingress sets buffers of 16 KiB, because the session cookie contains the tokens of the identity provider. If you set \`proxy-buffer-size\`,
\`proxy-buffers\` or \`proxy-busy-buffers-size\` in \`annotations\` or in a snippet, the program sets none of the three.`,
    },
});

/**
 * The controller strips the matched path from all requests to the API's Service. From /backend/metricsmetrics it would
 * strip the blocked /backend/metrics and leave /metrics, so a longer path sends these requests to another tier.
 */
function pathsThatBecomeMetrics({ tier, prefix, blocked }: PathRule, other?: PathRule["endpoint"]): IngressPath[] {
    return blocked && tier === "backend" && other !== undefined
        ? [{ path: `${prefix}metrics`, pathType: "Prefix", backend: backendOf(other) }]
        : [];
}
