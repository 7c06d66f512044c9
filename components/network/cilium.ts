import { COMPONENT_LABEL, type Release, releaseSelector } from "../naming";
import type { Connection, Endpoint } from "./connections";

/**
 * The rules of a CiliumNetworkPolicy for the connections whose peers no address selects in Cilium. Their ports are those of the connection,
 * except for the API server, which has any port.
 */
export function ciliumRules(connections: readonly Connection[], release: Release): object[] {
    return connections.flatMap((connection): object[] => {
        const { entity, from, to } = connection;
        switch (entity) {
            case undefined:
                return [];
            case "ingress":
                return [{ ...selectorOf(to, release), ingress: [{ fromEntities: [entity], ...portsOf(connection) }] }];
            case "host":
                return [{ ...selectorOf(from, release), egress: [{ toEntities: [entity], ...portsOf(connection) }] }];
            case "kube-apiserver":
                return [{ ...selectorOf(from, release), egress: [{ toEntities: [entity] }] }];
        }
    });
}

function selectorOf(endpoint: Endpoint, release: Release): { endpointSelector: object } {
    const values = "components" in endpoint ? endpoint.components : [];
    return {
        endpointSelector: {
            matchLabels: releaseSelector(release),
            matchExpressions: [{ key: COMPONENT_LABEL, operator: "In", values }],
        },
    };
}

/** Cilium's ports are texts. Without a protocol, they count for all. */
function portsOf({ ports = [] }: Connection): { toPorts: object[] } {
    return { toPorts: [{ ports: [...new Set(ports)].map((port) => ({ port: String(port) })) }] };
}
