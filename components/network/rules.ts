import type { AuthConfig } from "../auth/settings";
import { issue } from "../fields/issue";
import { includesRange } from "../fields/peer";
import { ifReadable } from "../fields/readable";
import type { Rule } from "../fields/rule";
import { hasProxyBeside } from "../ingress/gatewayProxies";
import { type ExtraIngressConfig, type IngressConfig, placedIngresses } from "../ingress/settings";
import { isToken } from "../tokens";
import type { WebsocketConfig } from "../websocket/settings";
import type { NetworkPolicyConfig } from "./settings";

/** What the rules read of a tier with a Service. */
interface Tier {
    readonly enabled: boolean;
    readonly service: { readonly type: string };
}

interface Settings {
    readonly auth: AuthConfig;
    readonly backend: Tier;
    readonly frontend: Tier;
    readonly extraIngresses: readonly ExtraIngressConfig[];
    readonly ingress: IngressConfig;
    readonly networkPolicy: NetworkPolicyConfig;
    readonly websocket: WebsocketConfig;
}

/**
 * Addresses of Google's health checks, and of most of its load balancers
 * (https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges).
 */
const GOOGLE = ["130.211.0.0/22", "35.191.0.0/16"];

/** Conditions on network policies: they allow requests from the edge. */
export const networkRules: readonly Rule<Settings>[] = [
    (settings) => {
        const { networkPolicy } = settings;
        if (!networkPolicy.enabled) {
            return [];
        }
        const { edge } = networkPolicy;
        const faults = placedIngresses(settings).flatMap(
            ({ path, config }) => loadBalancerFault(`keep:${path}`, config, edge) ?? [],
        );
        const isClosed = edge.length === 0 && networkPolicy.cilium?.edge !== true && faults.length === 0;
        const closed = isClosed ? closedFault(settings) : undefined;
        return [...(closed === undefined ? faults : [closed]), ...serviceFaults(settings)].map((fault) =>
            issue("networkPolicy.edge", fault),
        );
    },
];

/** The messages if the edge lacks the addresses from which a Service of a tier receives requests. */
function serviceFaults({ backend, frontend, networkPolicy, websocket }: Settings): string[] {
    const services = {
        frontend: frontend.enabled ? frontend.service.type : undefined,
        backend: backend.enabled ? backend.service.type : undefined,
        websocket: websocket.kind === "soketi" ? websocket.service.type : undefined,
    };
    return networkPolicy.edge.some(({ cidr }) => cidr !== undefined)
        ? []
        : Object.entries(services)
              .filter(([, type = "ClusterIP"]) => type !== "ClusterIP")
              .map(
                  ([tier, type = ""]) =>
                      `contains no addresses, but requests to keep:${tier}.service of type ${type} come from outside of the pods. Add the ranges of the clients, the nodes and the load balancer, such as {cidr: 10.0.0.0/16}`,
              );
}

/** The message if no edge can reach Keep; undefined if the policies admit all, such as the pods of the stack's Gateways. */
function closedFault({ auth, ...all }: Settings): string | undefined {
    const exposed = placedIngresses(all).filter(({ config }) => config.kind !== "none");
    const closed = exposed.find(({ config }) => !hasProxyBeside(config));
    if (closed === undefined && (exposed.length > 0 || auth.kind !== "oauth2proxy")) {
        return undefined;
    }
    const where = closed === undefined || closed === exposed[0] ? "" : ` through keep:${closed.path}`;
    return `is empty, so no request from outside can reach Keep${where}. Set it to the pods that forward requests, such as [{namespace: traefik}], or to their addresses; for Cilium's own Ingress and Gateway, set keep:networkPolicy.cilium.edge to true`;
}

/** Classes of clouds whose load balancer reaches pods from its own addresses: AWS's and Azure's, which differ by name. */
const OF_SUBNETS = /(^|-)alb(-|$)|^azure-application-gateway$/;

/** Words in the classes of controllers whose pods send the requests. */
const OF_PODS = /apisix|cilium|contour|envoy|haproxy|istio|kong|nginx|skipper|traefik/;

/** Annotations that only the controllers of these classes read. */
const READ_BY_THEM = /^(alb|appgw)\.ingress\.kubernetes\.io\//;

/** Whether the load balancer of a class of IngressClasses or GatewayClasses sends requests from its subnets. */
export function sendsFromSubnets(className: string): boolean {
    return OF_SUBNETS.test(className) && !OF_PODS.test(className);
}

/** What reaches the pods of an ingress, if it is the load balancer of a cloud. */
function loadBalancerOf(ingress: IngressConfig): "google" | "subnets" | undefined {
    const { kind } = ingress;
    const className =
        (kind === "generic" || kind === "gateway" ? ifReadable(() => ingress.className) : undefined) ?? "";
    if (kind === "gce" || (kind === "gateway" && ingress.implementation === "gke")) {
        return "google";
    }
    const isRead = kind === "generic" && Object.keys(ingress.annotations).some((name) => READ_BY_THEM.test(name));
    return kind === "alb" || isRead || sendsFromSubnets(className) ? "subnets" : undefined;
}

/**
 * The message if the edge lacks the addresses of a cloud's load balancer, which sends requests directly to the pods;
 * undefined otherwise.
 */
function loadBalancerFault(key: string, ingress: IngressConfig, edge: NetworkPolicyConfig["edge"]): string | undefined {
    const ranges = edge.flatMap(({ cidr }) => (cidr === undefined ? [] : [cidr]));
    const loadBalancer = loadBalancerOf(ingress);
    if (loadBalancer === "google") {
        const missing = GOOGLE.filter((part) => !ranges.some((range) => isToken(range) || includesRange(range, part)));
        return missing.length === 0
            ? undefined
            : `lacks ${missing.join(" and ")}, from which the load balancer of ${key} and its health checks reach the pods. Add ${missing.map((range) => `{cidr: ${range}}`).join(" and ")}; for an internal or regional load balancer, also the range of the proxy-only subnet`;
    }
    return loadBalancer === "subnets" && ranges.length === 0
        ? `contains no addresses, but the load balancer of ${key} sends requests from its subnets, and not from pods. Add the ranges of these subnets, such as {cidr: 10.0.0.0/16}`
        : undefined;
}
