import { HAPROXY, HAPROXY_ACCESS } from "./annotationNames/haproxy";
import { givenAnnotations } from "./givenAnnotations";
import { issue } from "../fields/issue";
import { hstsHeader, ingressFields } from "./fields";
import { escapeRegExp, groupByRewrite, ingressObject, prefixPath } from "./ingressObject";
import { ingressKind } from "./kind";
import { onlyReadableLists } from "./accessLists";
import { firstFault, onlyHealthOfOneTier, onlyPlainHttp } from "./protocols";

/** Values of an annotation that is off (strconv.ParseBool in Go, and GetBoolValue of the controller). */
const OFF = /^(f|false|0|off|disabled)$/i;

const CLASS = "haproxy";

/**
 * An Ingress for each tier and rewrite, because path-rewrite applies to all paths of an Ingress, and two rewrites would
 * both apply (https://www.haproxy.com/documentation/kubernetes-ingress/ingress-configuration-reference/).
 */
export const haproxy = ingressKind({
    kind: "haproxy",
    type: "keep:ingress:HaproxyIngress",
    description: "HAProxy Technologies' controller, 1.11 or later (haproxy.org)",
    usualClass: CLASS,
    rewritesPaths: true,
    decodesPaths: false,
    fields: ingressFields,
    supports: {
        hsts: true,
        maxBodyMegabytes: "has no option in this controller. Remove it",
        tierAnnotations: true,
    },
    access: HAPROXY_ACCESS,
    reads: { "haproxy.org/": HAPROXY, "haproxy.com/": HAPROXY, "ingress.kubernetes.io/": HAPROXY },
    managedAnnotations: {
        "haproxy.org/timeout-server": "keep:ingress.timeoutSeconds",
        "haproxy.org/path-rewrite": "keep:ingress.backendPrefix",
        "haproxy.org/ssl-redirect*": "keep:ingress.tls",
        "haproxy.org/ssl-passthrough": "keep:ingress.tls",
    },
    // Of the Ingress alone: handleAnnotations in pkg/ingress/ingress.go of haproxytech/kubernetes-ingress
    readsServices:
        /^haproxy\.org\/(?!(auth-(realm|secret|type)|(allow|deny)-list|whitelist|blacklist|request-redirect(-code)?|src-ip-header)$)/,
    annotationFault: firstFault(
        onlyPlainHttp({
            "haproxy.org/server-ssl": OFF,
            "haproxy.org/server-proto": /^$/,
            "haproxy.org/send-proxy-protocol": /^$/,
        }),
        // documentation/doc.yaml of haproxytech/kubernetes-ingress
        (name) =>
            /^haproxy\.org\/client-(ca|crt-optional|strict-sni)$/.test(name)
                ? "is only read from the ConfigMap of the controller, so it would keep nobody out here. Remove it, and set it there"
                : undefined,
        onlyHealthOfOneTier({ "haproxy.org/check-http": /^([A-Z]+ )?\/( .*)?$/ }),
        // pkg/annotations/ingress/accessControl.go of haproxytech/kubernetes-ingress
        onlyReadableLists({
            names: /^haproxy\.org\/(allow-list|deny-list|whitelist|blacklist)$/,
            separator: ",",
            others: /^$|^patterns\//,
        }),
    ),
    // The controller ignores what is before the slash, and of two annotations of one name takes any
    // (CopyAnnotations in pkg/store/convert.go of haproxytech/kubernetes-ingress).
    readAs: (name) => `haproxy.org/${name.slice(name.lastIndexOf("/") + 1)}`,
    rules: (config) =>
        givenAnnotations(config).flatMap(({ path, values }) =>
            Object.keys(values).map(
                (name) =>
                    /^([^/]+\/)?response-set-header$/.test(name) &&
                    name !== "haproxy.org/response-set-header" &&
                    issue(
                        [...path, name],
                        "is read as haproxy.org/response-set-header, which it would replace. Use that name, to which the program adds its own headers",
                    ),
            ),
        ),
    objects: (context) => {
        const { config, encrypted } = context;
        const { className = CLASS, hsts, timeoutSeconds } = config;
        return groupByRewrite(context.rules).map(({ part, rules }) => {
            const stripped = rules.find(({ strip }) => strip);
            const annotations = {
                "haproxy.org/timeout-server": `${timeoutSeconds}s`,
                ...(stripped === undefined
                    ? {}
                    : { "haproxy.org/path-rewrite": `^${escapeRegExp(stripped.prefix)}/?(.*)$ /\\1` }),
                ...(hsts === undefined
                    ? {}
                    : { "haproxy.org/response-set-header": `Strict-Transport-Security "${hstsHeader(hsts)}"` }),
                // The port for browsers. The controller's default is 8443.
                ...(encrypted ? { "haproxy.org/ssl-redirect": "true", "haproxy.org/ssl-redirect-port": "443" } : {}),
            };
            const joined = { "haproxy.org/response-set-header": "\n" };
            return ingressObject(context, { part, className, rules, paths: prefixPath, annotations, joined });
        });
    },
    documentation: {
        objects: "an Ingress for each tier",
        recipe: { tls: { clusterIssuer: "letsencrypt" }, hsts: {} },
        notes: `Use version 1.11 or later of the controller, because earlier versions ignore \`timeoutSeconds\`. The controller closes an open websocket
after one hour. To change this time, set \`timeout-tunnel\` in the controller's ConfigMap.`,
    },
});
