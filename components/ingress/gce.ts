import { issue } from "../fields/issue";
import { oneOf } from "../fields/vocabulary";
import { GCE_CERTIFICATES, GCE_INGRESS, GCE_NETWORKING, GCE_SERVICES } from "./annotationNames/gce";
import type { Endpoint } from "../kubernetes/workload";
import { scopeOf } from "../naming";
import { type HstsConfig, hstsHeader, ingressFields, type SharedConfig } from "./fields";
import { serviceFault } from "./gceServices";
import { customObject, ingressObject, prefixPath } from "./ingressObject";
import { ingressKind } from "./kind";

const FRONTEND_CONFIG = "networking.gke.io/v1beta1.FrontendConfig";
const CERTIFICATES = "networking.gke.io/managed-certificates";
const ALLOW_HTTP = "kubernetes.io/ingress.allow-http";
/** Names a certificate of the user, so that none is created. */
export const PRE_SHARED = "ingress.gcp.kubernetes.io/pre-shared-cert";

/** Annotations that GKE reads from Services (https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration). */
const SERVICE_ANNOTATION = /^(beta\.)?cloud\.google\.com\//;

const GLOBAL = "gce";
const INTERNAL = "gce-internal";

/** Classes whose Ingresses the controller reads, by an annotation alone (IsGCEIngress in pkg/utils/utils.go of kubernetes/ingress-gce). */
export const GCE_CLASSES: readonly string[] = [GLOBAL, INTERNAL, "gce-regional-external"];

/**
 * One Ingress, and the objects from which GKE's controller reads settings: a BackendConfig for each tier, a
 * FrontendConfig for the redirect, and a ManagedCertificate. Google's load balancers cannot rewrite paths
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration).
 */
export const gce = ingressKind({
    kind: "gce",
    type: "keep:ingress:GceIngress",
    description: "GKE Ingress on Google Cloud",
    rewritesPaths: false,
    decodesPaths: false,
    fields: ingressFields,
    supports: {
        hsts: true,
        maxBodyMegabytes: "has no option in Google's load balancers. Remove it",
        tierAnnotations: true,
    },
    reads: {
        "kubernetes.io/ingress.": GCE_INGRESS,
        "ingress.gcp.kubernetes.io/": GCE_CERTIFICATES,
        "networking.gke.io/": GCE_NETWORKING,
        "cloud.google.com/": GCE_SERVICES,
        "beta.cloud.google.com/": ["backend-config"],
    },
    managedAnnotations: { [ALLOW_HTTP]: "keep:ingress.tls and keep:ingress.className" },
    readsServices: SERVICE_ANNOTATION,
    annotationFault: serviceFault,
    rules: ({ annotations, className, tls }) => [
        className !== undefined &&
            !GCE_CLASSES.includes(className) &&
            issue(
                "ingress.className",
                `is no class of GKE's controller, which would ignore the Ingress. Set it to ${oneOf(GCE_CLASSES)}`,
                { value: className },
            ),
        // ToCompositeSSLCertificates in pkg/translator/translator.go of kubernetes/ingress-gce looks for others in the region.
        className !== undefined &&
            className !== GLOBAL &&
            isManagedByGoogle({ annotations, tls }) &&
            issue(
                "ingress.tls.defaultCertificate",
                `is a certificate that Google manages, which only global external load balancers can use. Set secretName, issuer or clusterIssuer, or name a regional certificate in the annotation ${PRE_SHARED}`,
                { value: true },
            ),
        ...Object.keys(annotations)
            .filter((name) => SERVICE_ANNOTATION.test(name))
            .map((name) =>
                issue(
                    ["ingress", "annotations", name],
                    "is read from Services alone, so it has no effect here. Move it to keep:ingress.tierAnnotations of each tier",
                ),
            ),
    ],
    tierAnnotationsOnServices: true,
    serviceNeeds: (tier, { service }, { tierAnnotations }) => ({
        annotations: {
            "cloud.google.com/neg": JSON.stringify({ ingress: true }),
            "cloud.google.com/backend-config": JSON.stringify({ default: service }),
            ...tierAnnotations[tier],
        },
    }),
    objects: (context) => {
        const { config, release, component, hosts, encrypted, certificate, rules, services } = context;
        const isManaged = isManagedByGoogle(config);
        const { className = GLOBAL, hsts, timeoutSeconds } = config;
        const scope = scopeOf(release, component);
        // An internal load balancer cannot redirect, so it rejects http.
        const isInternal = className === INTERNAL;
        // A FrontendConfig of the user, such as one with an SSL policy, replaces that of the stack.
        const redirects = encrypted && !isInternal && config.annotations[FRONTEND_CONFIG] === undefined;
        const annotations = {
            // GKE only reads the class from this annotation.
            "kubernetes.io/ingress.class": className,
            ...(redirects ? { [FRONTEND_CONFIG]: scope.name } : {}),
            ...(encrypted && isInternal ? { [ALLOW_HTTP]: "false" } : {}),
            ...(isManaged ? { [CERTIFICATES]: scope.name } : {}),
        };
        return [
            ...services.map((service) =>
                customObject(
                    `-${service.service}`,
                    { ...scope, name: service.service },
                    {
                        apiVersion: "cloud.google.com/v1",
                        kind: "BackendConfig",
                        spec: backendConfig(service, timeoutSeconds, hsts),
                    },
                ),
            ),
            ...(redirects
                ? [
                      customObject("-redirect", scope, {
                          apiVersion: "networking.gke.io/v1beta1",
                          kind: "FrontendConfig",
                          spec: { redirectToHttps: { enabled: true, responseCodeName: "PERMANENT_REDIRECT" } },
                      }),
                  ]
                : []),
            ...(isManaged
                ? [
                      customObject("-certificate", scope, {
                          apiVersion: "networking.gke.io/v1",
                          kind: "ManagedCertificate",
                          spec: { domains: [...hosts] },
                      }),
                  ]
                : []),
            ingressObject(
                // A certificate of Google is set by an annotation, so the Ingress has no TLS section.
                { ...context, encrypted: certificate !== undefined },
                { className: undefined, rules, paths: prefixPath, annotations, joined: { [CERTIFICATES]: "," } },
            ),
        ];
    },
    documentation: {
        objects: "one Ingress, BackendConfigs",
        recipe: {
            tls: { defaultCertificate: true },
            annotations: { "kubernetes.io/ingress.global-static-ip-name": "keep" },
        },
        notes: `With \`defaultCertificate\`, Google issues the certificate once DNS points to the load balancer. For an internal load balancer,
set \`className: gce-internal\`, and name its address in \`kubernetes.io/ingress.regional-static-ip-name\`. The annotation
\`networking.gke.io/v1beta1.FrontendConfig\` replaces the program's redirect from http to https: set \`redirectToHttps\` in that FrontendConfig.
The load balancer closes every websocket after \`timeoutSeconds\`, even an active one. Browsers then reconnect.

The annotation \`cloud.google.com/backend-config\` of a tier, such as for IAP or Cloud Armor, replaces the program's BackendConfig. Set these fields
in yours:

- \`timeoutSec: 3600\`: without it, the load balancer closes every websocket after 30 seconds.
- \`healthCheck\` with \`type: HTTP\` and the \`requestPath\` \`/api/healthcheck\` (user interface), \`/healthcheck\` (API) or \`/ready\` (live updates).
- \`customResponseHeaders\` with \`Strict-Transport-Security\`, instead of \`keep:ingress.hsts\`.

With network policies, set \`keep:networkPolicy.edge\` to \`[{ cidr: 130.211.0.0/22 }, { cidr: 35.191.0.0/16 }]\`, Google's load balancers and health
checks. For an internal load balancer, add the range of the proxy-only subnet.`,
    },
});

/** Whether an ingress has a certificate that Google manages, for which the program creates a ManagedCertificate. */
export function isManagedByGoogle({ annotations, tls }: Pick<SharedConfig, "annotations" | "tls">): boolean {
    return tls?.defaultCertificate === true && annotations[PRE_SHARED] === undefined;
}

/** Health check and timeouts of a tier. The timeout also limits how long a websocket stays open. */
function backendConfig({ healthPath, port }: Endpoint, timeoutSeconds: number, hsts: HstsConfig | undefined): object {
    return {
        timeoutSec: timeoutSeconds,
        connectionDraining: { drainingTimeoutSec: 60 },
        healthCheck: {
            type: "HTTP",
            requestPath: healthPath,
            port,
            checkIntervalSec: 15,
            timeoutSec: 5,
            healthyThreshold: 1,
            unhealthyThreshold: 3,
        },
        customResponseHeaders:
            hsts === undefined ? undefined : { headers: [`Strict-Transport-Security: ${hstsHeader(hsts)}`] },
    };
}
