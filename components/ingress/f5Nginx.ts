import { ingressFields } from "./fields";
import { exactAndPrefixPaths, ingressObject } from "./ingressObject";
import { issue } from "../fields/issue";
import { ingressKind } from "./kind";

/**
 * One Ingress for all tiers, because the controller accepts only one Ingress for each host. Rewrites and websockets are
 * set by Service
 * (https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/).
 */
export const f5Nginx = ingressKind({
    kind: "f5-nginx",
    type: "keep:ingress:F5NginxIngress",
    description: "NGINX Ingress Controller of F5 (nginx.org)",
    rewritesPaths: true,
    decodesPaths: true,
    fields: ingressFields,
    supports: {
        hsts: true,
        maxBodyMegabytes: true,
        tierAnnotations:
            "needs several Ingresses for one host, but this controller accepts only one. Remove it, or use another kind",
    },
    managedAnnotations: {
        "nginx.org/rewrites": "keep:ingress.backendPrefix",
        "nginx.org/websocket-services": "keep:websocket",
        "nginx.org/client-max-body-size": "keep:ingress.maxBodyMegabytes",
        "nginx.org/proxy-read-timeout": "keep:ingress.timeoutSeconds",
        "nginx.org/proxy-send-timeout": "keep:ingress.timeoutSeconds",
        "nginx.org/hsts*": "keep:ingress.hsts",
        "nginx.org/mergeable-ingress-type": "the program, which creates one Ingress",
        "ingress.kubernetes.io/ssl-redirect": "keep:ingress.tls",
        "nginx.org/redirect-to-https": "keep:ingress.tls",
    },
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
            ...(hsts === undefined
                ? {}
                : {
                      "nginx.org/hsts": "true",
                      "nginx.org/hsts-max-age": String(hsts.maxAgeSeconds),
                      "nginx.org/hsts-include-subdomains": String(hsts.includeSubdomains),
                      ...(tls?.terminatedOutside === true ? { "nginx.org/hsts-behind-proxy": "true" } : {}),
                  }),
        };
        const className = config.className ?? "nginx";
        return [ingressObject(context, { className, rules, paths: exactAndPrefixPaths, annotations })];
    },
    documentation: {
        objects: "one Ingress",
        recipe: { className: "nginx", tls: { secretName: "keep-certificate" }, maxBodyMegabytes: 25 },
        notes: `Use a host that no other Ingress uses, because this controller reads a host from one Ingress only. If you set \`hsts\`, also set
\`preload: true\`, because the HSTS header of this controller always contains \`preload\`.`,
    },
});
