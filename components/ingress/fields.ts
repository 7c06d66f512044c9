import * as z from "zod";

import { input } from "../fields/input";
import { annotations } from "../fields/labels";
import { count, distinct, dnsName, objectName } from "../fields/vocabulary";

/** First path segments of the user interface, whose pages such a prefix would hide (keep-ui/app, 0.54.2). */
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
    // Ignores case, as ingress-nginx does.
    .refine((value) => !FRONTEND_PATHS.includes((value.split("/")[1] ?? "").toLowerCase()), {
        error: "is a path of the user interface. Use another prefix, such as /v2 or /websocket",
    })
    .refine((value) => value.toLowerCase() !== "/metrics", {
        error: "is the path of Keep's metrics, which are not public. Use another prefix, such as /v2 or /websocket",
    });

const CERTIFICATES = "secretName, issuer, clusterIssuer or issuerRef; or defaultCertificate; or terminatedOutside";

/** Kind of an object of Kubernetes; `example` is one that fits. */
export function objectKind(example: string) {
    return z
        .string()
        .max(63, { error: "is longer than 63 characters. Shorten it" })
        .regex(/^[A-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/, { error: `is not a kind. Write it like ${example}` });
}

const tls = z
    .strictObject({
        secretName: input(objectName(253))
            .optional()
            .describe(
                "Secret of type kubernetes.io/tls with the certificate; with an issuer: the Secret that cert-manager writes",
            ),
        issuer: input(objectName(253)).optional().describe("cert-manager Issuer in Keep's namespace"),
        clusterIssuer: input(objectName(253)).optional().describe("cert-manager ClusterIssuer"),
        issuerRef: z
            .strictObject({
                name: input(objectName(253)).describe("name of the issuer"),
                kind: objectKind("AWSPCAClusterIssuer").describe("its kind, such as AWSPCAClusterIssuer"),
                group: dnsName().describe("its API group, such as awspca.cert-manager.io"),
            })
            .optional()
            .describe("external issuer of cert-manager"),
        terminatedOutside: z
            .boolean()
            .default(false)
            .describe("an outer load balancer terminates TLS: no certificate here"),
        defaultCertificate: z
            .boolean()
            .default(false)
            .describe("use the controller's certificate: its default, or one that AWS or Google provides"),
    })
    .refine(({ issuer, clusterIssuer, issuerRef }) => given([issuer, clusterIssuer, issuerRef]) < 2, {
        error: "has more than one issuer. Keep one of issuer, clusterIssuer and issuerRef",
    })
    .refine((value) => ways(value) > 0, { error: `has no certificate. Set ${CERTIFICATES}` })
    .refine((value) => ways(value) < 2, { error: `has more than one certificate. Keep one of ${CERTIFICATES}` });

interface Certificate {
    readonly secretName?: string;
    readonly issuer?: string;
    readonly clusterIssuer?: string;
    readonly issuerRef?: object;
    readonly terminatedOutside: boolean;
    readonly defaultCertificate: boolean;
}

function ways({ secretName, issuer, clusterIssuer, issuerRef, ...others }: Certificate): number {
    const isNamed = given([secretName, issuer, clusterIssuer, issuerRef]) > 0;
    return [isNamed, others.terminatedOutside, others.defaultCertificate].filter(Boolean).length;
}

function given(values: readonly unknown[]): number {
    return values.filter((value) => value !== undefined).length;
}

const hsts = z.strictObject({
    maxAgeSeconds: count(0).default(31536000).describe("how long browsers remember; a year"),
    includeSubdomains: z.boolean().default(false).describe("include all subdomains"),
    preload: z.boolean().default(false).describe("consent to the browsers' built-in list"),
});

/** Settings of all kinds except their prefixes. */
export const commonFields = {
    tls: tls.optional().describe("certificate for an https publicUrl"),
    extraHosts: z
        .array(dnsName())
        .default([])
        .describe(
            "additional host names with the same routes and certificate; sign-in always uses the host of publicUrl",
        ),
    hsts: hsts.optional().describe("send Strict-Transport-Security: browsers then use https only"),
    maxBodyMegabytes: count(1)
        .optional()
        .describe("largest request body; default: 10 on the NGINX kinds, else the controller's own"),
    annotations: annotations
        .default({})
        .describe("additional annotations for the controller; those that a setting controls are rejected"),
    tierAnnotations: z
        .strictObject({
            frontend: annotations.default({}).describe("for the paths of the user interface, such as a sign-in"),
            backend: annotations
                .default({})
                .describe(
                    "for the paths of the API; its requests through the user interface, below /backend, are not among them",
                ),
            websocket: annotations.default({}).describe("for the path of the live updates"),
        })
        .prefault({})
        .describe("annotations for the paths of one tier; the tier then has an object of its own"),
    acceptTierObjects: distinct(z.string())
        .default([])
        .describe(
            "middlewares of Traefik or plugins of Kong, as in the annotations: confirms that the API is safe although only one tier has them",
        ),
    tierHosts: z
        .strictObject({
            backend: dnsName().optional().describe("host that serves the API, such as api.example.com"),
            websocket: dnsName().optional().describe("host that serves live updates"),
        })
        .prefault({})
        .describe("additional hosts that serve one tier without a prefix"),
    timeoutSeconds: count(120, 99_999)
        .default(3600)
        .describe("how long the controller keeps an idle websocket open; at least 120 for Soketi"),
};

/** Path prefix of each tier, for controllers that strip prefixes. */
export const prefixes = {
    frontendPrefix: prefix
        .default("/")
        .describe("path of the user interface; other than / needs a keep:frontend.image built for it"),
    backendPrefix: ownPrefix.default("/v2").describe("path of the API, for tools that send alerts and for the browser"),
    websocketPrefix: ownPrefix.default("/websocket").describe("path of the live updates"),
};

function fixed(path: string, description: string) {
    return z
        .string()
        .refine((value) => value === path, {
            error: `needs a kind that rewrites paths, which this one does not. Remove it (${path} is used), or choose a kind that does; see docs/ingress.md`,
        })
        .default(path)
        .meta({ const: path, description });
}

/** Path prefix of each tier, for controllers that forward paths unchanged. */
export const fixedPrefixes = {
    frontendPrefix: fixed("/", "path of the user interface"),
    backendPrefix: fixed("/backend", "path of the API, which the user interface proxies"),
    websocketPrefix: fixed("/app", "path of the live updates, Soketi's own"),
};

/** Settings of kinds that create Ingress objects. */
export const ingressFields = {
    className: input(objectName(253)).optional().describe("IngressClass; default: the controller's usual name"),
    await: z.boolean().default(false).describe("whether pulumi up waits until the Ingress has an address"),
};

/** Certificate of the public URL. */
export type TlsConfig = z.infer<typeof tls>;

/** The setting by which the certificate is in a Secret, with its value; undefined if it is not. */
export function secretSetting(
    tls: TlsConfig | undefined,
): { readonly path: string; readonly value: string } | undefined {
    const { secretName, issuer, clusterIssuer, issuerRef } = tls ?? {};
    return Object.entries({ secretName, issuer, clusterIssuer, "issuerRef.name": issuerRef?.name })
        .flatMap(([name, value]) => (value === undefined ? [] : [{ path: `ingress.tls.${name}`, value }]))
        .at(0);
}

/** Settings of the header Strict-Transport-Security. */
export type HstsConfig = z.infer<typeof hsts>;

/** Value of the Strict-Transport-Security header (RFC 6797), without spaces, which older OpenShift routers reject. */
export function hstsHeader({ maxAgeSeconds, includeSubdomains, preload }: HstsConfig): string {
    return [
        `max-age=${maxAgeSeconds}`,
        ...(includeSubdomains ? ["includeSubDomains"] : []),
        ...(preload ? ["preload"] : []),
    ].join(";");
}

/** Settings of all kinds. */
export type SharedConfig = z.infer<z.ZodObject<typeof prefixes & typeof commonFields>>;
