import { COMMUNITY_HAPROXY, COMMUNITY_HAPROXY_ACCESS } from "./annotationNames/communityHaproxy";
import { ingressFields } from "./fields";
import { groupByRewrite, ingressObject, prefixPath } from "./ingressObject";
import { ingressKind } from "./kind";
import { onlyReadableLists } from "./accessLists";
import { firstFault, onlyHealthOfOneTier, onlyPlainHttp, onlyValues } from "./protocols";

const PREFIX = "haproxy-ingress.github.io";

const CLASS = "haproxy";

/**
 * An Ingress for each tier and rewrite, because rewrite-target applies to all paths of an Ingress
 * (https://haproxy-ingress.github.io/docs/configuration/keys/#rewrite-target).
 */
export const communityHaproxy = ingressKind({
    kind: "haproxy-ingress",
    type: "keep:ingress:HaproxyIngressIngress",
    description: "the community's HAProxy Ingress (haproxy-ingress.github.io)",
    usualClass: CLASS,
    rewritesPaths: true,
    decodesPaths: false,
    fields: ingressFields,
    supports: { hsts: true, maxBodyMegabytes: true, tierAnnotations: true },
    access: COMMUNITY_HAPROXY_ACCESS,
    reads: { [`${PREFIX}/`]: COMMUNITY_HAPROXY, "ingress.kubernetes.io/": COMMUNITY_HAPROXY },
    managedAnnotations: {
        [`${PREFIX}/timeout-server`]: "keep:ingress.timeoutSeconds",
        [`${PREFIX}/timeout-tunnel`]: "keep:ingress.timeoutSeconds",
        [`${PREFIX}/rewrite-target`]: "keep:ingress.backendPrefix",
        [`${PREFIX}/proxy-body-size`]: "keep:ingress.maxBodyMegabytes",
        [`${PREFIX}/hsts*`]: "keep:ingress.hsts",
        [`${PREFIX}/ssl-redirect`]: "keep:ingress.tls",
        [`${PREFIX}/ssl-passthrough`]: "keep:ingress.tls",
    },
    // https://haproxy-ingress.github.io/docs/configuration/keys/#strategy
    readsServices: /^/,
    annotationFault: firstFault(
        onlyPlainHttp({
            [`${PREFIX}/backend-protocol`]: /^(h1|http)$/i,
            [`${PREFIX}/proxy-protocol`]: /^no$/i,
            [`${PREFIX}/secure-backends`]: /^(f|false|0)$/i,
        }),
        // https://haproxy-ingress.github.io/docs/configuration/keys/#health-check
        onlyHealthOfOneTier({ [`${PREFIX}/health-check-uri`]: /^\/?$/, [`${PREFIX}/health-check-port`]: /^$/ }),
        // setAuthExternal in pkg/converters/ingress/annotations/backend.go of jcmoraisjr/haproxy-ingress
        onlyValues(
            {
                [`${PREFIX}/auth-url`]:
                    /^((https?:\/\/[^\][/: $]+(:\d+)?|(svc|service):\/\/([-a-z\d]+\/)?[^\][/: ]+:[-a-z\d]+)(\/[^"' ]*)?)?$/,
            },
            "is no URL that the controller accepts, which then answers no request. Write it like http://oauth2-proxy.auth.svc/oauth2/auth, without variables, or like svc://auth/oauth2-proxy:4180/oauth2/auth",
        ),
        // https://haproxy-ingress.github.io/docs/configuration/keys/#allowlist
        onlyReadableLists({
            names: /\/(allow|deny|white)list-source-range$/,
            separator: ",",
            others: /^$/,
            prefix: /^!/,
        }),
    ),
    // The controller reads two prefixes
    // (https://haproxy-ingress.github.io/docs/configuration/command-line/#annotations-prefix).
    readAs: (name) => name.replace(/^ingress\.kubernetes\.io\//, `${PREFIX}/`),
    objects: (context) => {
        const { className = CLASS, hsts, maxBodyMegabytes, timeoutSeconds } = context.config;
        return groupByRewrite(context.rules).map(({ part, rules }) => {
            const annotations = {
                [`${PREFIX}/timeout-server`]: `${timeoutSeconds}s`,
                [`${PREFIX}/timeout-tunnel`]: `${timeoutSeconds}s`,
                ...(rules.some(({ strip }) => strip) ? { [`${PREFIX}/rewrite-target`]: "/" } : {}),
                ...(maxBodyMegabytes === undefined ? {} : { [`${PREFIX}/proxy-body-size`]: `${maxBodyMegabytes}m` }),
                // Without these, the controller sends its own header, with half a year.
                ...(hsts === undefined
                    ? {}
                    : {
                          [`${PREFIX}/hsts`]: "true",
                          [`${PREFIX}/hsts-max-age`]: String(hsts.maxAgeSeconds),
                          [`${PREFIX}/hsts-include-subdomains`]: String(hsts.includeSubdomains),
                          [`${PREFIX}/hsts-preload`]: String(hsts.preload),
                      }),
            };
            return ingressObject(context, { part, className, rules, paths: prefixPath, annotations });
        });
    },
    documentation: {
        objects: "an Ingress for each tier",
        recipe: { className: "haproxy", tls: { defaultCertificate: true } },
        notes: `The cluster must have an IngressClass of the controller. Its chart creates one if you set \`controller.ingressClassResource.enabled: true\`.

By default, the controller sends an HSTS header with a duration of half a year. Set \`hsts\` to replace this header. With
\`tls.terminatedOutside\`, the controller sends the header only if its ConfigMap sets \`fronting-proxy-port\`.`,
    },
});
