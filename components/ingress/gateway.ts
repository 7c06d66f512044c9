import * as z from "zod";

import { issue } from "../fields/issue";
import { objectName } from "../fields/vocabulary";
import { scopeOf } from "../naming";
import { hstsHeader, secretSetting } from "./fields";
import { customObject } from "./ingressObject";
import { type IngressContext, ingressKind, type IngressObject, type SharedConfig } from "./kind";
import type { PathRule } from "./paths";

const API_VERSION = "gateway.networking.k8s.io/v1";

/** Listeners of a Gateway of our own. */
const HTTP = "http";
const HTTPS = "https";

const fields = {
    parentRef: z
        .strictObject({
            name: objectName(253).describe("the Gateway"),
            namespace: objectName().optional().describe("its namespace; default: Keep's own"),
            sectionName: objectName(253).optional().describe("listener to attach to; default: all that fit"),
            redirectSection: objectName(253).optional().describe("listener for plain http, to be redirected to https"),
        })
        .optional()
        .describe("an existing Gateway, which has its own certificate"),
    className: objectName(253).optional().describe("GatewayClass of a Gateway of our own"),
    implementation: z
        .enum(["standard", "gke"])
        .default("standard")
        .describe("gke: timeouts and health checks by Google's policies instead of the route"),
};

type GatewayConfig = SharedConfig & z.infer<z.ZodObject<typeof fields>>;

/** An HTTPRoute with a rule for each path, on an existing Gateway or on our own (https://gateway-api.sigs.k8s.io/api-types/httproute/). */
export const gateway = ingressKind({
    kind: "gateway",
    type: "keep:ingress:GatewayRoutes",
    description:
        "Gateway API, any implementation with URLRewrite: on an existing Gateway (parentRef), or on our own (className)",
    rewritesPaths: true,
    decodesPaths: false,
    fields,
    supports: {
        hsts: true,
        maxBodyMegabytes: "is not in the Gateway API. Remove it, and use a policy of your implementation",
    },
    rules: ({ parentRef, className, tls }) => {
        const secret = secretSetting(tls);
        return [
            parentRef !== undefined &&
                secret !== undefined &&
                issue(
                    secret.path,
                    "cannot be given to an existing Gateway: its listener names the certificate. Set keep:ingress.tls.defaultCertificate to true, or use keep:ingress.className for a Gateway of our own",
                    { value: secret.value },
                ),
            className !== undefined &&
                tls?.defaultCertificate === true &&
                issue(
                    "ingress.tls.defaultCertificate",
                    "does not exist in the Gateway API: a listener names its certificate. Give secretName, issuer or clusterIssuer",
                    { value: true },
                ),
            (parentRef === undefined) === (className === undefined) &&
                issue(
                    "ingress",
                    `names ${parentRef === undefined ? "no Gateway" : "two Gateways"}. Give either parentRef, for an existing Gateway, or className, for one of our own`,
                ),
            parentRef?.redirectSection !== undefined &&
                (parentRef.sectionName === undefined || tls === undefined || tls.terminatedOutside) &&
                issue(
                    "ingress.parentRef.redirectSection",
                    "has nowhere to redirect to. Name the https listener in keep:ingress.parentRef.sectionName and begin keep:publicUrl with https, or remove it",
                    { value: parentRef.redirectSection },
                ),
        ];
    },
    // https://gateway-api.sigs.k8s.io/geps/gep-1911/; Google's Gateway knows other names only, and needs none.
    serviceNeeds: (tier, _endpoint, { implementation }) => ({
        annotations: {},
        appProtocol: tier === "websocket" && implementation === "standard" ? "kubernetes.io/ws" : undefined,
    }),
    objects: (context) => {
        const { release, config, hosts, encrypted, certificate, rules } = context;
        const { annotations, className, parentRef } = config;
        const scope = scopeOf(release, "gateway");
        const { redirectSection, ...attachment } = parentRef ?? {
            name: scope.name,
            sectionName: encrypted ? HTTPS : HTTP,
            redirectSection: encrypted ? HTTP : undefined,
        };
        const route = (suffix: string, parent: object, rules: readonly object[]) =>
            customObject(suffix, scopeOf(release, `gateway${suffix}`), {
                apiVersion: API_VERSION,
                kind: "HTTPRoute",
                annotations,
                spec: { parentRefs: [parent], hostnames: [...hosts], rules },
            });
        return [
            ...(className === undefined
                ? []
                : [
                      customObject("", scope, {
                          apiVersion: API_VERSION,
                          kind: "Gateway",
                          annotations,
                          spec: { gatewayClassName: className, listeners: listeners(certificate) },
                      }),
                  ]),
            route(
                "",
                attachment,
                rules.map((rule) => routeRule(rule, config)),
            ),
            ...(redirectSection === undefined
                ? []
                : [route("-redirect", { ...attachment, sectionName: redirectSection }, [{ filters: [REDIRECT] }])]),
        ];
    },
    policies: (context) => (context.config.implementation === "gke" ? gkePolicies(context) : []),
    documentation: {
        objects: "HTTPRoutes, a Gateway if asked for",
        recipe: {
            parentRef: { name: "shared", namespace: "infra", sectionName: "https", redirectSection: "http" },
            tls: { defaultCertificate: true },
        },
        notes: `This attaches to an existing Gateway whose listener has the certificate. The Gateway must allow routes from Keep's namespace
(\`allowedRoutes\`). For a Gateway of Keep's own, set \`className: envoy\` and \`tls: { clusterIssuer: letsencrypt }\` instead of
\`parentRef\`. On GKE set \`implementation: gke\`: health checks and timeouts are Google's policies there.`,
    },
});

const REDIRECT = { type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } };

function listeners(certificate: string | undefined): object[] {
    const tls = { mode: "Terminate", certificateRefs: [{ name: certificate }] };
    return [
        { name: HTTP, port: 80, protocol: "HTTP" },
        ...(certificate === undefined ? [] : [{ name: HTTPS, port: 443, protocol: "HTTPS", tls }]),
    ];
}

function routeRule({ prefix, endpoint, strip, tier }: PathRule, config: GatewayConfig): object {
    const { hsts, implementation, timeoutSeconds } = config;
    const rewrite = {
        type: "URLRewrite",
        urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } },
    };
    const header = (value: string) => ({
        type: "ResponseHeaderModifier",
        responseHeaderModifier: { set: [{ name: "Strict-Transport-Security", value }] },
    });
    const filters = [...(strip ? [rewrite] : []), ...(hsts === undefined ? [] : [header(hstsHeader(hsts))])];
    return {
        matches: [{ path: { type: "PathPrefix", value: prefix } }],
        filters: filters.length === 0 ? undefined : filters,
        // A websocket is one long request: 0s is no limit.
        timeouts:
            implementation === "gke" ? undefined : { request: tier === "websocket" ? "0s" : `${timeoutSeconds}s` },
        backendRefs: [{ name: endpoint.service, port: endpoint.port }],
    };
}

/**
 * Health checks and timeouts, which a GKE Gateway takes from policies on the Services instead of from its routes
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources).
 */
function gkePolicies({ release, config, services }: IngressContext<GatewayConfig>): IngressObject[] {
    const scope = scopeOf(release, "gateway");
    return services.flatMap(({ service, healthPath }) => {
        const policy = (kind: string, settings: object) =>
            customObject(
                `-${kind.toLowerCase()}-${service}`,
                { ...scope, name: service },
                {
                    apiVersion: "networking.gke.io/v1",
                    kind,
                    spec: { default: settings, targetRef: { group: "", kind: "Service", name: service } },
                },
            );
        return [
            policy("HealthCheckPolicy", {
                checkIntervalSec: 15,
                timeoutSec: 5,
                healthyThreshold: 1,
                unhealthyThreshold: 3,
                config: { type: "HTTP", httpHealthCheck: { requestPath: healthPath } },
            }),
            policy("GCPBackendPolicy", { timeoutSec: config.timeoutSeconds }),
        ];
    });
}
