import type { AuthConfig } from "../auth/settings";
import { issue } from "../fields/issue";
import { includesRange } from "../fields/peer";
import type { Rule } from "../fields/rule";
import type { ExtraIngressConfig, IngressConfig } from "../ingress/settings";
import { isToken } from "../tokens";
import type { NetworkPolicyConfig } from "./settings";

interface Settings {
    readonly auth: AuthConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
    readonly ingress: IngressConfig;
    readonly networkPolicy: NetworkPolicyConfig;
}

/**
 * Addresses of Google's health checks, and of most of its load balancers
 * (https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges).
 */
const GOOGLE = ["130.211.0.0/22", "35.191.0.0/16"];

/** Conditions on network policies: they allow requests from the edge. */
export const networkRules: readonly Rule<Settings>[] = [
    ({ auth, extraIngresses, ingress, networkPolicy }) => {
        if (!networkPolicy.enabled) {
            return [];
        }
        const { edge } = networkPolicy;
        const faults = [
            { path: "ingress", ingress },
            ...extraIngresses.map((extra, index) => ({
                path: `extraIngresses.${index}.ingress`,
                ingress: extra.ingress,
            })),
        ].flatMap(({ path, ingress }) => {
            const fault = loadBalancerFault(ingress, edge);
            return fault === undefined ? [] : [fault(`keep:${path}`)];
        });
        return [
            ...new Set([
                ...faults,
                ...(faults.length === 0 && edge.length === 0 && (ingress.kind !== "none" || auth.kind === "oauth2proxy")
                    ? [
                          "is empty, so no request from outside can reach Keep. Set it to the pods that forward requests, such as [{namespace: traefik}], or to their addresses",
                      ]
                    : []),
            ]),
        ].map((message) => issue("networkPolicy.edge", message));
    },
];

/**
 * The message if the edge lacks the addresses of a cloud's load balancer, which sends requests directly to the pods;
 * undefined otherwise. Its argument is the key of the ingress.
 */
function loadBalancerFault(
    ingress: IngressConfig,
    edge: NetworkPolicyConfig["edge"],
): ((path: string) => string) | undefined {
    const ranges = edge.flatMap(({ cidr }) => (cidr === undefined ? [] : [cidr]));
    const isGke = ingress.kind === "gateway" && ingress.implementation === "gke";
    if (ingress.kind === "gce" || isGke) {
        const missing = GOOGLE.filter((part) => !ranges.some((range) => isToken(range) || includesRange(range, part)));
        return missing.length === 0
            ? undefined
            : (path) =>
                  `lacks ${missing.join(" and ")}, from which the load balancer of ${path} and its health checks reach the pods. Add ${missing.map((range) => `{cidr: ${range}}`).join(" and ")}; for an internal or regional load balancer, also the range of the proxy-only subnet`;
    }
    const isAzure = ingress.kind === "gateway" && ingress.className?.startsWith("azure-alb") === true;
    return (ingress.kind === "alb" || isAzure) && ranges.length === 0
        ? (path) =>
              `contains no addresses, but the load balancer of ${path} sends requests from its subnets, and not from pods. Add the ranges of these subnets, such as {cidr: 10.0.0.0/16}`
        : undefined;
}
