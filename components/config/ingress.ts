import * as z from "zod";

import { count, objectName, stringMap } from "./vocabulary";

/** First path segments that the user interface answers itself: a prefix there would hide its pages (keep-ui/app, 0.54.2). */
const FRONTEND_PATHS = [
    "_next",
    "ai",
    "alerts",
    "api",
    "backend",
    "dashboard",
    "deduplication",
    "error",
    "extraction",
    "incidents",
    "maintenance",
    "mapping",
    "monitoring",
    "notifications-hub",
    "providers",
    "raw",
    "rules",
    "settings",
    "signin",
    "topology",
    "workflows",
];

const prefix = z.string().regex(/^\/([A-Za-z0-9_-][A-Za-z0-9._~-]*(\/[A-Za-z0-9_-][A-Za-z0-9._~-]*)*)?$/, {
    error: "is not a path prefix. Begin with a slash, do not end with one, and use letters, digits, dots, dashes and underscores, such as /v2",
    abort: true,
});

const ownPrefix = prefix
    .refine((value) => value !== "/", { error: "belongs to the user interface. Use a prefix such as /v2" })
    .refine((value) => !FRONTEND_PATHS.includes(value.split("/")[1] ?? ""), {
        error: "is a path that the user interface answers itself. Use another prefix, such as /v2 or /websocket",
    });

const tls = z
    .strictObject({
        secretName: objectName(253)
            .optional()
            .describe("Secret of type kubernetes.io/tls with the certificate; with an issuer: where it is put"),
        issuer: objectName(253).optional().describe("cert-manager Issuer in Keep's namespace"),
        clusterIssuer: objectName(253).optional().describe("cert-manager ClusterIssuer"),
        terminatedOutside: z.boolean().default(false).describe("an outer load balancer ends TLS: no certificate here"),
        defaultCertificate: z.boolean().default(false).describe("the controller's own (wildcard) certificate"),
    })
    .refine((value) => value.issuer === undefined || value.clusterIssuer === undefined, {
        error: "names both an issuer and a clusterIssuer. Keep one of them",
    });

const fields = {
    frontendPrefix: prefix
        .default("/")
        .describe("path of the user interface; other than / needs a keep:frontend.image built for it"),
    backendPrefix: ownPrefix.default("/v2").describe("path of the API"),
    websocketPrefix: ownPrefix.default("/websocket").describe("path of the live updates"),
    tls: tls.optional().describe("certificate for an https publicUrl"),
    annotations: stringMap.default({}).describe("more annotations, for the controller"),
    timeoutSeconds: count(120)
        .default(3600)
        .describe("how long the edge keeps an idle websocket; Soketi needs 120 or more"),
};

const ingressFields = {
    ...fields,
    className: objectName(253).optional().describe("IngressClass; default: the controller's usual name"),
    await: z
        .boolean()
        .default(false)
        .describe("let pulumi up wait until the controller has given the Ingress an address"),
};

const nginx = z.strictObject({ kind: z.literal("nginx").describe("the community's ingress-nginx"), ...ingressFields });
const openshift = z.strictObject({
    kind: z.literal("openshift").describe("OpenShift Routes on the cluster's router"),
    ...fields,
});
const none = z.strictObject({
    kind: z.literal("none").describe("no way in: reach Keep by kubectl port-forward"),
});

/** How requests from outside reach the tiers. */
export const ingress = z.discriminatedUnion("kind", [nginx, openshift, none], {
    error: "has no known kind. Set kind to nginx, openshift or none",
});

/** How requests from outside reach the tiers, validated and with defaults. */
export type IngressConfig = z.infer<typeof ingress>;

/** Certificate of the public URL. */
export type TlsConfig = z.infer<typeof tls>;
