import * as z from "zod";

import { count, dnsName, objectName, stringMap } from "../fields/vocabulary";

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

const CERTIFICATES = "secretName, issuer or clusterIssuer; or defaultCertificate; or terminatedOutside";

const tls = z
    .strictObject({
        secretName: objectName(253)
            .optional()
            .describe("Secret of type kubernetes.io/tls with the certificate; with an issuer: where it is put"),
        issuer: objectName(253).optional().describe("cert-manager Issuer in Keep's namespace"),
        clusterIssuer: objectName(253).optional().describe("cert-manager ClusterIssuer"),
        terminatedOutside: z.boolean().default(false).describe("an outer load balancer ends TLS: no certificate here"),
        defaultCertificate: z
            .boolean()
            .default(false)
            .describe("the controller's own: its (wildcard) default, one that AWS finds, one that Google makes"),
    })
    .refine((value) => value.issuer === undefined || value.clusterIssuer === undefined, {
        error: "names both an issuer and a clusterIssuer. Keep one of them",
    })
    .refine((value) => ways(value) > 0, { error: `names no certificate. Give ${CERTIFICATES}` })
    .refine((value) => ways(value) < 2, { error: `names more than one certificate. Keep one: ${CERTIFICATES}` });

function ways(value: {
    secretName?: string;
    issuer?: string;
    clusterIssuer?: string;
    terminatedOutside: boolean;
    defaultCertificate: boolean;
}): number {
    const named = [value.secretName, value.issuer, value.clusterIssuer].some((name) => name !== undefined);
    return [named, value.terminatedOutside, value.defaultCertificate].filter(Boolean).length;
}

const hsts = z.strictObject({
    maxAgeSeconds: count(0).default(31536000).describe("how long browsers remember; a year"),
    includeSubdomains: z.boolean().default(false).describe("for all names below the host, too"),
    preload: z.boolean().default(false).describe("consent to the browsers' built-in list"),
});

/** What every way in has, whatever its paths. */
const commonFields = {
    tls: tls.optional().describe("certificate for an https publicUrl"),
    extraHosts: z
        .array(dnsName())
        .default([])
        .describe("more host names with the same routes and certificate; sign-in leads to publicUrl's"),
    hsts: hsts.optional().describe("tell browsers to come by https only (Strict-Transport-Security)"),
    maxBodyMegabytes: count(1)
        .optional()
        .describe("largest request body; default: 10 on the NGINX kinds, else the controller's own"),
    annotations: stringMap.default({}).describe("more annotations, for the controller; they win over ours"),
    timeoutSeconds: count(120)
        .default(3600)
        .describe("how long the edge keeps an idle websocket; Soketi needs 120 or more"),
};

/** Settings of a way in that takes prefixes off: it may have any. */
export const fields = {
    frontendPrefix: prefix
        .default("/")
        .describe("path of the user interface; other than / needs a keep:frontend.image built for it"),
    backendPrefix: ownPrefix.default("/v2").describe("path of the API, for tools that send alerts and for the browser"),
    websocketPrefix: ownPrefix.default("/websocket").describe("path of the live updates"),
    ...commonFields,
};

/** Settings of a way in that passes paths on as they come. `rewriting` names the kinds that can do better. */
export function fieldsWithoutRewrite(rewriting: string) {
    const fixed = <Path extends string>(path: Path, description: string) =>
        z
            .literal(path, {
                error: `needs an edge that rewrites paths, which this kind cannot. Remove it (${path} is used), or set kind to ${rewriting}`,
            })
            .default(path)
            .describe(description);
    return {
        frontendPrefix: fixed("/", "path of the user interface"),
        backendPrefix: fixed("/backend", "path of the API, which the user interface passes on"),
        websocketPrefix: fixed("/app", "path of the live updates, Soketi's own"),
        ...commonFields,
    };
}

/** Settings of every way in that is an Ingress object. */
export const ingressFields = {
    className: objectName(253).optional().describe("IngressClass; default: the controller's usual name"),
    await: z
        .boolean()
        .default(false)
        .describe("whether pulumi up waits until the controller has given the Ingress an address"),
};

/** Certificate of the public URL. */
export type TlsConfig = z.infer<typeof tls>;

/** What browsers are told about coming by https. */
export type HstsConfig = z.infer<typeof hsts>;
