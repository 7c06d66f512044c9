import * as z from "zod";

import { fields, fieldsWithoutRewrite, ingressFields } from "./fields";
import { count, objectName, oneOf } from "../fields/vocabulary";

function kind<Name extends string>(name: Name, description: string) {
    return z.literal(name).describe(description);
}

const nginx = z.strictObject({
    kind: kind("nginx", "the community's ingress-nginx, retired in March 2026"),
    ...fields,
    ...ingressFields,
});

const f5Nginx = z.strictObject({
    kind: kind("f5-nginx", "NGINX Ingress Controller of F5 (nginx.org)"),
    ...fields,
    ...ingressFields,
});

const haproxy = z.strictObject({
    kind: kind("haproxy", "HAProxy Technologies' controller (haproxy.org)"),
    ...fields,
    ...ingressFields,
});

const haproxyIngress = z.strictObject({
    kind: kind("haproxy-ingress", "the community's HAProxy Ingress (haproxy-ingress.github.io)"),
    ...fields,
    ...ingressFields,
});

const traefik = z.strictObject({
    kind: kind("traefik", "Traefik 3, with its Middleware resources"),
    ...fields,
    ...ingressFields,
    entryPoints: z
        .strictObject({
            http: z.string().default("web").describe("entry point without TLS"),
            https: z.string().default("websecure").describe("entry point with TLS"),
        })
        .prefault({})
        .describe("names of Traefik's entry points"),
});

const gateway = z.strictObject({
    kind: kind("gateway", "Gateway API: an HTTPRoute on a Gateway that exists (parentRef), or on our own (className)"),
    ...fields,
    parentRef: z
        .strictObject({
            name: objectName(253).describe("the Gateway"),
            namespace: objectName().optional().describe("its namespace; default: Keep's own"),
            sectionName: objectName(253).optional().describe("listener to attach to; default: all that fit"),
            redirectSection: objectName(253).optional().describe("listener for plain http, to be redirected to https"),
        })
        .optional()
        .describe("a Gateway that exists; its certificate is its own affair"),
    className: objectName(253).optional().describe("GatewayClass of a Gateway of our own"),
    implementation: z
        .enum(["standard", "gke"])
        .default("standard")
        .describe("gke: timeouts and health checks by Google's policies instead of the route"),
});

const openshift = z.strictObject({ kind: kind("openshift", "OpenShift Routes on the cluster's router"), ...fields });

const alb = z.strictObject({
    kind: kind("alb", "AWS Load Balancer Controller 2.14.1 or newer"),
    ...fields,
    ...ingressFields,
    scheme: z
        .enum(["internal", "internet-facing"])
        .default("internal")
        .describe("whether the load balancer has public addresses"),
    certificateArn: z
        .string()
        .regex(/^arn:/, { error: "is not an ARN. Copy it from AWS Certificate Manager, it begins with arn:" })
        .optional()
        .describe("certificate of AWS Certificate Manager; default: AWS finds it by the host names"),
    // The most that AWS allows.
    timeoutSeconds: count(120, 4000).default(3600).describe("how long an idle websocket is kept, 4000 at most"),
});

/** Kinds that can take a prefix off a path. */
const rewriting = [nginx, f5Nginx, haproxy, haproxyIngress, traefik, gateway, openshift, alb] as const;

const withoutRewrite = fieldsWithoutRewrite(oneOf(names(rewriting)));

const gce = z.strictObject({ kind: kind("gce", "GKE Ingress on Google Cloud"), ...withoutRewrite, ...ingressFields });

const generic = z.strictObject({
    kind: kind("generic", "any other controller, by plain Ingress rules"),
    ...withoutRewrite,
    ...ingressFields,
});

const none = z.strictObject({ kind: kind("none", "no way in: reach Keep by kubectl port-forward") });

const kinds = [...rewriting, gce, generic, none] as const;

function names<Names extends string>(schemas: readonly { shape: { kind: z.ZodLiteral<Names> } }[]): Names[] {
    return schemas.map(({ shape }) => shape.kind.value);
}

/** Every kind of way in, by the name that a stack gives it. */
export const ingressKinds = names(kinds);

/** How requests from outside reach the tiers. */
export const ingress = z.discriminatedUnion("kind", kinds);

/** How requests from outside reach the tiers, validated and with defaults. */
export type IngressConfig = z.infer<typeof ingress>;

/** Settings of a way in that exists. */
export type EdgeConfig = Exclude<IngressConfig, { kind: "none" }>;

/** Settings of one kind. */
export type KindConfig<Kind extends IngressConfig["kind"]> = Extract<IngressConfig, { kind: Kind }>;

/** Whether a way in takes prefixes off paths. If not, the API is reached through the user interface. */
export function isRewriting({ kind }: EdgeConfig): boolean {
    return names<string>(rewriting).includes(kind);
}

/** Kinds whose controller decodes a path before it compares it, so that no spelling of a path gets around its rule. */
const DECODING: readonly IngressConfig["kind"][] = ["nginx", "f5-nginx", "traefik"];

/** Whether the public sees no metrics, whatever it asks for: npm run test:edge tries these kinds' proxies with many spellings. */
export function hidesMetrics({ kind }: Pick<IngressConfig, "kind">): boolean {
    return kind === "none" || DECODING.includes(kind);
}
