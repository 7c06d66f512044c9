import { healthAnnotations } from "./albHealth";
import { APPGW, APPGW_ACCESS } from "./annotationNames/appgw";
import { KONG } from "./annotationNames/kong";
import { ingressFields } from "./fields";
import { genericIssues, isOfAlb } from "./genericRules";
import { ingressObject, prefixPath, splitByTier } from "./ingressObject";
import { ingressKind } from "./kind";
import { JOINED_PLUGINS, kongFault } from "./kongFaults";
import { firstFault, onlyHealthOfOneTier, onlyPlainHttp, onlyValues } from "./protocols";

const UNSUPPORTED =
    "has no standard Ingress field. Set the annotation of your controller in keep:ingress.annotations, or set its kind";

/** One Ingress without annotations. The frontend proxies the API, and live updates use Soketi's own path. */
export const generic = ingressKind({
    kind: "generic",
    type: "keep:ingress:GenericIngress",
    description: "any other controller, by plain Ingress rules",
    rewritesPaths: false,
    decodesPaths: false,
    fields: ingressFields,
    supports: { hsts: UNSUPPORTED, maxBodyMegabytes: UNSUPPORTED, tierAnnotations: true },
    managedAnnotations: {},
    readsServices: /^/,
    isAnyController: true,
    access: APPGW_ACCESS,
    reads: { "appgw.ingress.kubernetes.io/": APPGW, "konghq.com/": KONG },
    annotationFault: firstFault(
        kongFault,
        // https://azure.github.io/application-gateway-kubernetes-ingress/annotations/
        onlyPlainHttp({ "appgw.ingress.kubernetes.io/backend-protocol": /^http$/i }),
        // See the sources of `APPGW` and `KONG`.
        onlyValues(
            { "appgw.ingress.kubernetes.io/backend-path-prefix": /^$/, "konghq.com/strip-path": /^false$/i },
            "would change the paths of requests, and Keep would not answer. Remove it",
        ),
        // pkg/route/ingress/ingress.go of openshift/route-controller-manager
        onlyValues(
            { "route.openshift.io/termination": /^(edge)?$/i },
            "would make the router send TLS to Keep's pods, which serve HTTP alone. Set it to edge, or remove it",
        ),
        // https://azure.github.io/application-gateway-kubernetes-ingress/annotations/
        onlyHealthOfOneTier({
            "appgw.ingress.kubernetes.io/health-probe-path": /^\/?$/,
            "appgw.ingress.kubernetes.io/health-probe-port": /^$/,
        }),
    ),
    rules: genericIssues,
    serviceNeeds: (tier, endpoint, config) => ({
        annotations: isOfAlb(config) ? healthAnnotations(endpoint, config.tierAnnotations[tier]) : {},
    }),
    objects: (context) => {
        const { className } = context.config;
        return splitByTier(context.rules, context.config).map(({ part, rules }) =>
            ingressObject(context, {
                part,
                className,
                rules,
                paths: prefixPath,
                annotations: {},
                joined: JOINED_PLUGINS,
            }),
        );
    },
    documentation: {
        objects: "one Ingress",
        recipe: { className: "kong", tls: { clusterIssuer: "letsencrypt" } },
        notes: `Set \`className\` to the IngressClass of your controller. With the controller's \`annotations\`, set an idle timeout of at least 120 seconds
and the redirect from http to https. The controller must serve TLS for every Ingress that names a certificate. Traefik does so only if its
entry point has TLS enabled. The Ingress has plain rules, which do not rewrite paths.

With \`tls.defaultCertificate\`, Contour and Istio do not open https. Application Gateway needs the annotation \`appgw-ssl-certificate\` for it. Istio reads
certificates from the namespace of its gateway: create the Certificate there, and set \`tls.secretName\` instead of an issuer.

Some controllers read the class from the annotation \`kubernetes.io/ingress.class\` alone. Set it in \`annotations\` then, and leave
\`className\` out. For octavia-ingress-controller of OpenStack, set it to \`openstack\`, and \`service.type\` of each tier to \`NodePort\`.

Oracle's native ingress controller by default listens on the ports of the Services, and connects to them with TLS. Set these \`annotations\`, and
\`certificate-ocid\` if \`tls\` names no Secret: \`oci-native-ingress.oraclecloud.com/https-listener-port: "443"\` and
\`oci-native-ingress.oraclecloud.com/backend-tls-enabled: "false"\`. With network policies, add the subnets of its load balancer to \`keep:networkPolicy.edge\`.

Contour, APISIX and Pomerium also need an annotation for live updates: \`projectcontour.io/websocket-routes: /app\`,
\`k8s.apisix.apache.org/enable-websocket: true\` or \`ingress.pomerium.io/allow_websockets: "true"\`.

Tailscale's operator, with the class \`tailscale\`, serves one host for each Ingress, below the domain of your tailnet. Use that host in \`keep:publicUrl\`,
set \`tls.defaultCertificate\`, and give each further host an entry in \`keep:extraIngresses\`. The API is at \`/backend\` of the host.

With Cilium's class and network policies, set [\`keep:networkPolicy.cilium.edge\`](network-policies.md#cilium) to \`true\`.`,
    },
});
