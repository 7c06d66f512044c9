import { scopeOf } from "../naming";
import { HAPROXY_ROUTER, ROUTER } from "./annotationNames/openshift";
import { hstsHeader } from "./fields";
import { customObject, withGiven } from "./ingressObject";
import { onlyReadableLists } from "./accessLists";
import { ingressKind } from "./kind";

const PREFIX = "haproxy.router.openshift.io";

/**
 * One Route for each path and host. The router uses the longest path that matches whole segments. Since OpenShift 4.19,
 * it can read a certificate from a Secret, for which it needs a Role
 * (https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/ingress_and_load_balancing/configuring-routes).
 */
export const openshift = ingressKind({
    kind: "openshift",
    type: "keep:ingress:OpenshiftRoutes",
    description: "OpenShift Routes on the cluster's router",
    rewritesPaths: true,
    decodesPaths: false,
    fields: {},
    platform: "openshift",
    supports: { hsts: true, maxBodyMegabytes: "has no option in Routes. Remove it", tierAnnotations: true },
    reads: { [`${PREFIX}/`]: HAPROXY_ROUTER, "router.openshift.io/": ROUTER },
    managedAnnotations: {
        [`${PREFIX}/timeout`]: "keep:ingress.timeoutSeconds",
        [`${PREFIX}/timeout-tunnel`]: "keep:ingress.timeoutSeconds",
        [`${PREFIX}/rewrite-target`]: "keep:ingress.backendPrefix",
        [`${PREFIX}/hsts_header`]: "keep:ingress.hsts",
    },
    // parseIPList in pkg/router/template/template_helper.go of openshift/router
    annotationFault: onlyReadableLists({ names: /\/ip_(white|allow)list$/, separator: " " }),
    certificateReader: { name: "router", namespace: "openshift-ingress" },
    objects: ({ release, config, component, encrypted, certificate, rules }) => {
        const timeout = `${config.timeoutSeconds}s`;
        const tls = encrypted
            ? {
                  termination: "edge",
                  insecureEdgeTerminationPolicy: "Redirect",
                  externalCertificate: certificate === undefined ? undefined : { name: certificate },
              }
            : undefined;
        return rules.flatMap((rule) =>
            rule.hosts.map((host, index) => {
                const { name, tier, prefix, endpoint, strip } = rule;
                const part = index === 0 ? name : `${name}-${index + 1}`;
                const annotations = {
                    [`${PREFIX}/timeout`]: timeout,
                    ...(tier === "websocket" ? { [`${PREFIX}/timeout-tunnel`]: timeout } : {}),
                    ...(strip ? { [`${PREFIX}/rewrite-target`]: "/" } : {}),
                    ...(config.hsts === undefined ? {} : { [`${PREFIX}/hsts_header`]: hstsHeader(config.hsts) }),
                };
                return customObject(`-${part}`, scopeOf(release, `${component}-${part}`), {
                    apiVersion: "route.openshift.io/v1",
                    kind: "Route",
                    annotations: withGiven(annotations, config, [rule]),
                    spec: {
                        host,
                        path: prefix,
                        to: { kind: "Service", name: endpoint.service, weight: 100 },
                        port: { targetPort: endpoint.portName },
                        tls,
                        wildcardPolicy: "None",
                    },
                    // By default, only cluster administrators may update it (ValidateHostUpdate in pkg/route/hostassignment of openshift/library-go).
                    replaceOnChanges: ["spec.host"],
                });
            }),
        );
    },
    documentation: {
        objects: "a Route for each path and host",
        recipe: { tls: { defaultCertificate: true } },
        notes: `To set \`secretName\` or an issuer, you need OpenShift 4.19 or later. The router then reads the
certificate from the Secret, and the program creates a Role that allows it.`,
    },
});
