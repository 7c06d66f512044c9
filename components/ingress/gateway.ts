import type * as z from "zod";

import { issue } from "../fields/issue";
import { isToken } from "../tokens";
import { scopeOf } from "../naming";
import { KONG } from "./annotationNames/kong";
import { gatewayAnnotationIssues, infrastructureOf } from "./gatewayInfrastructure";
import { gkePolicies } from "./gkePolicies";
import { JOINED_PLUGINS, kongFault } from "./kongFaults";
import { hstsHeader, type SharedConfig } from "./fields";
import { AWS_CLASS, gatewayCertificateIssues, HTTP, HTTPS, listeners } from "./gatewayCertificates";
import { gatewayDocumentation } from "./gatewayDocumentation";
import { gatewayFields, type ParentRef } from "./gatewayFields";
import { customObject, splitByTier, withGiven } from "./ingressObject";
import { ingressKind } from "./kind";
import { hostsOf, type PathRule } from "./paths";

const API_VERSION = "gateway.networking.k8s.io/v1";

/** https://cloud.google.com/kubernetes-engine/docs/concepts/gateway-api#gatewayclass */
const GKE_CLASS = "gke-";

type GatewayConfig = SharedConfig & z.infer<z.ZodObject<typeof gatewayFields>>;

/**
 * An HTTPRoute with a rule for each path, on an existing Gateway or one that the stack creates
 * (https://gateway-api.sigs.k8s.io/api-types/httproute/).
 */
export const gateway = ingressKind({
    kind: "gateway",
    type: "keep:ingress:GatewayRoutes",
    description:
        "Gateway API, any implementation with URLRewrite: with an existing Gateway (parentRef), or a new one (className)",
    rewritesPaths: true,
    decodesPaths: false,
    fields: gatewayFields,
    supports: {
        hsts: true,
        maxBodyMegabytes: "is not supported by the Gateway API. Remove it, and use a policy of your implementation",
        tierAnnotations: true,
    },
    reads: { "networking.gke.io/": undefined, "konghq.com/": KONG },
    readsServices: /^konghq\.com\//,
    annotationFault: kongFault,
    managedAnnotations: {},
    // https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources
    ignoresOnServices: {
        names: /^(beta\.)?cloud\.google\.com\/backend-config$/,
        fix: "Remove it, and create a GCPBackendPolicy for the Service. With keep:ingress.implementation gke, also set keep:ingress.backendPolicies to false, because a Service can have only one",
    },
    // https://gateway-api.sigs.k8s.io/reference/spec/: hostnames of an HTTPRoute
    mostHosts: 16,
    rules: (config, isHttps) => {
        const { parentRef, extraParentRefs, className, addresses, backendPolicies, hsts, implementation, tls } = config;
        return [
            ...gatewayAnnotationIssues(config),
            ...gatewayCertificateIssues(config),
            className !== undefined &&
                !isToken(className) &&
                className.startsWith(GKE_CLASS) !== (implementation === "gke") &&
                issue(
                    "ingress.implementation",
                    implementation === "gke"
                        ? `does not fit keep:ingress.className (${className}), which is no class of GKE. Remove it`
                        : `does not fit keep:ingress.className (${className}): GKE takes timeouts and health checks from policies of its own. Set it to gke`,
                    { value: implementation },
                ),
            // buildHttpRuleRedirectActionsBasedOnFilter in pkg/gateway/routeutils of kubernetes-sigs/aws-load-balancer-controller
            className !== undefined &&
                AWS_CLASS.test(className) &&
                hsts !== undefined &&
                issue(
                    "ingress.hsts",
                    "is not supported by the Gateways of AWS Load Balancer Controller, which would configure no load balancer. Remove it, and set the listener attribute routing.http.response.strict_transport_security.header_value in a LoadBalancerConfiguration",
                ),
            !backendPolicies &&
                implementation !== "gke" &&
                issue(
                    "ingress.backendPolicies",
                    "applies only where the program creates Google's policies. Remove it, or set keep:ingress.implementation to gke on GKE",
                    { value: backendPolicies },
                ),
            parentRef === undefined &&
                extraParentRefs.length > 0 &&
                issue("ingress.extraParentRefs", "needs keep:ingress.parentRef. Move its first entry there"),
            className === undefined &&
                addresses.length > 0 &&
                issue(
                    "ingress.addresses",
                    "apply only to a Gateway that the stack creates. Remove them, or set keep:ingress.className instead of keep:ingress.parentRef",
                ),
            (parentRef === undefined) === (className === undefined) &&
                issue(
                    "ingress",
                    `names ${parentRef === undefined ? "no Gateway" : "two Gateways"}. Give either parentRef, for an existing Gateway, or className, to create one`,
                ),
            ...[parentRef, ...extraParentRefs].map((parent, index) => {
                const path = index === 0 ? "parentRef" : `extraParentRefs.${index - 1}`;
                return (
                    parent?.redirectSection !== undefined &&
                    // A missing certificate is an issue of its own.
                    (parent.sectionName === undefined ||
                        (tls === undefined && !isHttps) ||
                        tls?.terminatedOutside === true) &&
                    issue(
                        `ingress.${path}.redirectSection`,
                        `has nowhere to redirect to. Name the https listener in keep:ingress.${path}.sectionName and begin keep:publicUrl with https, or remove it`,
                        { value: parent.redirectSection },
                    )
                );
            }),
        ];
    },
    // https://gateway-api.sigs.k8s.io/geps/gep-1911/; Google's Gateway only supports other names, and needs none.
    serviceNeeds: (tier, _endpoint, { implementation }) => ({
        annotations: {},
        appProtocol: tier === "websocket" && implementation === "standard" ? "kubernetes.io/ws" : undefined,
    }),
    objects: (context) => {
        const { release, config, component, encrypted, certificate, rules } = context;
        const { addresses, className, extraParentRefs, parentRef } = config;
        const scope = scopeOf(release, component);
        const own: ParentRef = {
            name: scope.name,
            sectionName: encrypted ? HTTPS : HTTP,
            redirectSection: encrypted ? HTTP : undefined,
        };
        const parents = [parentRef ?? own, ...extraParentRefs];
        const attached = parents.map(attachment);
        const redirecting = redirectingParents(parents);
        const route = (
            suffix: string,
            parentRefs: readonly object[],
            routed: readonly PathRule[],
            rules: readonly object[],
        ) =>
            customObject(suffix, scopeOf(release, component + suffix), {
                apiVersion: API_VERSION,
                kind: "HTTPRoute",
                annotations: withGiven({}, config, routed, JOINED_PLUGINS),
                spec: { parentRefs, hostnames: hostsOf(routed), rules },
            });
        const gateway = {
            gatewayClassName: className,
            addresses: addresses.length === 0 ? undefined : addresses,
            infrastructure: infrastructureOf(config, release.labels),
            listeners: listeners(encrypted, certificate),
        };
        return [
            ...(className === undefined
                ? []
                : [
                      customObject("", scope, {
                          apiVersion: API_VERSION,
                          kind: "Gateway",
                          annotations: config.annotations,
                          spec: gateway,
                      }),
                  ]),
            ...splitByTier(rules, config).flatMap(({ part, rules: routed }) =>
                // All hosts of a route have the same paths.
                [...new Set(routed.map(({ hosts }) => hosts))].map((hosts) => {
                    const alike = routed.filter((rule) => rule.hosts === hosts);
                    const isShared = alike.some(({ name }) => !name.includes("-host"));
                    const suffix = [part, isShared ? undefined : alike.at(-1)?.name].filter(
                        (text) => text !== undefined,
                    );
                    return route(
                        suffix.map((text) => `-${text}`).join(""),
                        attached,
                        alike,
                        alike.map((rule) => routeRule(rule, config)),
                    );
                }),
            ),
            ...(redirecting.length === 0 ? [] : [route("-redirect", redirecting, rules, [{ filters: [REDIRECT] }])]),
        ];
    },
    policies: (context) => (context.config.implementation === "gke" ? gkePolicies(context) : []),
    documentation: gatewayDocumentation,
});

/** A parent reference for a route. */
function attachment({ group, kind, name, namespace, sectionName, port }: ParentRef): ParentRef {
    return { group, kind, name, namespace, sectionName, port };
}

/**
 * The http listeners that redirect to https, one for each Gateway. Their port differs from that of the https listeners.
 */
function redirectingParents(parents: readonly ParentRef[]): ParentRef[] {
    const all = parents.flatMap(({ redirectSection, ...parent }) =>
        redirectSection === undefined ? [] : [{ ...attachment(parent), port: undefined, sectionName: redirectSection }],
    );
    const texts = all.map((parent) => JSON.stringify(parent));
    return all.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}

const REDIRECT = { type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } };

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
        // A websocket is a single long request, and 0s means no limit.
        timeouts:
            implementation === "gke" ? undefined : { request: tier === "websocket" ? "0s" : `${timeoutSeconds}s` },
        backendRefs: [{ name: endpoint.service, port: endpoint.port }],
    };
}
