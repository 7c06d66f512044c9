import * as z from "zod";

import { TRAEFIK, TRAEFIK_ACCESS } from "./annotationNames/traefik";
import { issue } from "../fields/issue";
import { scopeOf } from "../naming";
import { ingressFields } from "./fields";
import { customObject, exactAndPrefixPaths, ingressObject, prefixPath } from "./ingressObject";
import { ingressKind } from "./kind";
import type { PathRule } from "./paths";
import { onlyPlainHttp } from "./protocols";

const ROUTER = "traefik.ingress.kubernetes.io/router";

const plainHttp = onlyPlainHttp({ "traefik.ingress.kubernetes.io/service.serversscheme": /^http$/ });
const MIDDLEWARES = `${ROUTER}.middlewares`;

/**
 * An object with its provider. Kubernetes' own is namespace, dash and name (pkg/provider/kubernetes/crd, makeID), so it
 * contains neither a slash nor capitals. With Traefik's safeNaming, from 3.7.11 on, an underscore replaces the dash.
 */
const REFERENCE = /^([a-z0-9][-a-z0-9.]*[-_][-a-z0-9.]*[a-z0-9]@kubernetescrd|[^\s@]+@(?!kubernetescrd$)[^\s@]+)$/;

/** Annotations that name objects. Options of TLS that Traefik does not find close every connection to the host. */
const REFERENCES = /\/(router\.(middlewares|tls\.options)|service\.(middlewares|serverstransport))$/;

/** The message for the name of an object that Traefik would not find. */
function referenceFault(name: string, value: string): string | undefined {
    const missing = value
        .split(",")
        .map((one) => one.trim())
        .find((one) => !REFERENCE.test(one) && one !== "default");
    return missing !== undefined && REFERENCES.test(name)
        ? `contains ${JSON.stringify(missing)}, which Traefik would not find. Write each as <namespace>-<name>@kubernetescrd in lower case, or <name>@file`
        : undefined;
}

const entryPoint = z.string().regex(/^[\w-]+(,[\w-]+)*$/, {
    error: "is not the name of an entry point. Use letters, digits, dashes and underscores, and separate several names by commas",
});

/** A user's middlewares run before those of the program, so they get the requested path. */
const JOINED = { [MIDDLEWARES]: "," };

/** Whether an entry point is both for http and for https, or the default names are swapped. */
function isMixedUp({ http, https }: { readonly http: string; readonly https: string }): boolean {
    const secure = https.split(",");
    return http.split(",").some((name) => secure.includes(name)) || (http === "websecure" && https === "web");
}

const NONE = { frontend: {}, backend: {}, websocket: {} };

/**
 * An Ingress for each path, because middlewares and priorities apply to a whole Ingress. A Middleware strips the
 * prefixes (https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/). Traefik never closes
 * an open websocket, so `timeoutSeconds` has no effect.
 */
export const traefik = ingressKind({
    kind: "traefik",
    type: "keep:ingress:TraefikIngress",
    description: "Traefik 3, with its Middleware resources",
    rewritesPaths: true,
    decodesPaths: true,
    fields: {
        ...ingressFields,
        entryPoints: z
            .strictObject({
                http: entryPoint.default("web").describe("entry point without TLS"),
                https: entryPoint.default("websecure").describe("entry point with TLS"),
            })
            .prefault({})
            .describe("names of Traefik's entry points"),
    },
    supports: {
        hsts: true,
        maxBodyMegabytes:
            "would make Traefik buffer whole requests. Remove it, and limit bodies at the entry point or in front of it",
        tierAnnotations: true,
    },
    rules: ({ entryPoints, tls }) => [
        tls !== undefined &&
            !tls.terminatedOutside &&
            isMixedUp(entryPoints) &&
            issue(
                "ingress.entryPoints",
                `has ${entryPoints.http} without TLS and ${entryPoints.https} with it, so requests would be redirected without end. Set http to the entry point at port 80, and https to that at port 443`,
            ),
    ],
    // https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/#on-service
    readsServices: /^traefik\.ingress\.kubernetes\.io\/service\./,
    annotationFault: (name, value, place) =>
        /^traefik\.ingress\.kubernetes\.io\/(?!(router|service)\.)/.test(name)
            ? "is an annotation of Traefik 1, which later versions ignore. Remove it, and use a middleware"
            : (referenceFault(name, value) ?? plainHttp(name, value, place)),
    access: TRAEFIK_ACCESS,
    terminatesTls: (annotations) =>
        Object.keys(annotations).some((name) => name.toLowerCase().startsWith(`${ROUTER}.tls`)) ||
        "Set keep:ingress.tls",
    reads: { "traefik.ingress.kubernetes.io/": TRAEFIK },
    // Traefik ignores the case (pkg/config/label of traefik/traefik).
    readAs: (name) => name.toLowerCase(),
    managedAnnotations: {
        [`${ROUTER}.entrypoints`]: "keep:ingress.entryPoints",
        [`${ROUTER}.tls`]: "keep:ingress.tls",
        [`${ROUTER}.priority`]: "the program, by the length of each path",
    },
    objects: (context) => {
        const { release, config, component, hosts, rules, encrypted } = context;
        const { className = "traefik", entryPoints, hsts } = config;
        const nameOf = (middleware: string) => scopeOf(release, `${component}-${middleware}`).name;
        const middleware = (name: string, spec: object) =>
            customObject(
                `-${name}`,
                { ...scopeOf(release, component), name: nameOf(name) },
                { apiVersion: "traefik.io/v1alpha1", kind: "Middleware", spec },
            );
        const router = (entryPoint: string, middlewares: readonly string[]) => ({
            [`${ROUTER}.entrypoints`]: entryPoint,
            ...(middlewares.length === 0
                ? {}
                : {
                      [MIDDLEWARES]: middlewares
                          .map((name) => `${release.namespace}-${nameOf(name)}@kubernetescrd`)
                          .join(","),
                  }),
        });
        // The user's router settings apply to the routes to Keep, not to the redirect.
        const others = Object.fromEntries(
            Object.entries(config.annotations).filter(([name]) => !name.startsWith(`${ROUTER}.`)),
        );
        return [
            middleware("strip", {
                stripPrefix: { prefixes: rules.filter(({ strip }) => strip).map(({ prefix }) => prefix) },
            }),
            ...(hsts === undefined
                ? []
                : [
                      middleware("hsts", {
                          headers: {
                              stsSeconds: hsts.maxAgeSeconds,
                              stsIncludeSubdomains: hsts.includeSubdomains,
                              stsPreload: hsts.preload,
                              // Traefik does not detect TLS that a proxy in front of it terminates.
                              forceSTSHeader: true,
                          },
                      }),
                  ]),
            ...rules.map((rule) =>
                ingressObject(context, {
                    part: rule.name,
                    className,
                    rules: [rule],
                    paths: exactAndPrefixPaths,
                    joined: JOINED,
                    annotations: {
                        ...router(encrypted ? entryPoints.https : entryPoints.http, [
                            ...(rule.strip ? ["strip"] : []),
                            ...(hsts === undefined ? [] : ["hsts"]),
                        ]),
                        ...(encrypted ? { [`${ROUTER}.tls`]: "true" } : {}),
                        ...priority(rule),
                    },
                }),
            ),
            ...(encrypted
                ? [
                      middleware("https", { redirectScheme: { scheme: "https", permanent: true } }),
                      ingressObject(
                          {
                              ...context,
                              encrypted: false,
                              config: { ...config, annotations: others, tierAnnotations: NONE },
                          },
                          {
                              part: "redirect",
                              className,
                              rules: rules.slice(-1).map((rule) => ({ ...rule, hosts, prefix: "/" })),
                              paths: prefixPath,
                              annotations: router(entryPoints.http, ["https"]),
                          },
                      ),
                  ]
                : []),
        ];
    },
    documentation: {
        objects: "an Ingress for each path, Middlewares",
        recipe: { tls: { clusterIssuer: "letsencrypt" }, entryPoints: { http: "web", https: "websecure" } },
        notes: `Traefik's providers \`kubernetesCRD\` and \`kubernetesIngress\` must be enabled, without \`safeNaming\`, as they are in its chart, and the cluster must have an
IngressClass \`traefik\`. A Middleware redirects http to https. Traefik never closes an open websocket, so \`timeoutSeconds\` has no effect.`,
    },
});

/**
 * Priority of a rule. By default, Traefik tries the longest rule first, and "Path(`/v2`)" is shorter than
 * "PathPrefix(`/`)". The frontend has the default priority, the length of its rule, so that the longer rule of an ACME
 * solver takes precedence.
 */
function priority({ blocked, tier }: PathRule): Record<string, string> {
    if (blocked) {
        return { [`${ROUTER}.priority`]: "2000" };
    }
    return tier === "frontend" ? {} : { [`${ROUTER}.priority`]: "1000" };
}
