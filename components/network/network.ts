import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { type ComponentName, componentsOf } from "../component";
import { computed } from "../tokens";
import type { Peer, PortedPeer } from "../fields/peer";
import { type Release, releaseSelector, scopeOf } from "../naming";
import { ciliumRules } from "./cilium";
import { type Connection, connections, connectionsOfCilium, type Endpoint, type NetworkSettings } from "./connections";

type PolicyPeer = k8s.types.input.networking.v1.NetworkPolicyPeer;
type EgressRule = k8s.types.input.networking.v1.NetworkPolicyEgressRule;
type PolicyPort = k8s.types.input.networking.v1.NetworkPolicyPort;

/** Arguments of Network. */
export interface NetworkArgs {
    readonly release: Release;
    readonly config: NetworkSettings;
}

/**
 * NetworkPolicies: one that blocks all connections of the release's pods, and one for each component that allows its
 * connections. They only have an effect if the cluster's network plugin enforces them. With `cilium`, also a policy of
 * Cilium for what these do not select there.
 */
export class Network extends pulumi.ComponentResource {
    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:network:Network", name, {}, opts);
        const { release, config } = args;
        const all = connections(config);

        this.policy(name, release, "network", { podSelector: { matchLabels: releaseSelector(release) } });
        for (const component of componentsOf(config)) {
            this.policy(`${name}-${component}`, release, component, {
                podSelector: { matchLabels: scopeOf(release, component).selector },
                ingress: all
                    .filter(({ to }) => includes(to, component))
                    .map((connection) => ({ from: peersOf(connection.from, release), ports: portsOf(connection) })),
                egress: joined(
                    all.filter(({ from }) => includes(from, component)).map((one) => egressRules(one, release)),
                ),
            });
        }

        if (config.networkPolicy.cilium !== undefined) {
            const { name: physical, namespace, labels } = scopeOf(release, "network");
            new k8s.apiextensions.CustomResource(
                `${name}-cilium`,
                {
                    apiVersion: "cilium.io/v2",
                    kind: "CiliumNetworkPolicy",
                    metadata: { name: physical, namespace, labels },
                    specs: ciliumRules(connectionsOfCilium(config), release),
                },
                { parent: this },
            );
        }

        this.registerOutputs({});
    }

    private policy(
        name: string,
        release: Release,
        component: string,
        spec: k8s.types.input.networking.v1.NetworkPolicySpec,
    ): void {
        const { name: physical, namespace, labels } = scopeOf(release, component);
        new k8s.networking.v1.NetworkPolicy(
            name,
            {
                metadata: { name: physical, namespace, labels },
                spec: { ...spec, policyTypes: ["Ingress", "Egress"] },
            },
            { parent: this },
        );
    }
}

function includes(endpoint: Endpoint, component: ComponentName): boolean {
    return "components" in endpoint && endpoint.components.includes(component);
}

/** The rules of a connection: one for all peers with the same ports. */
function egressRules({ to, ports, protocols }: Connection, release: Release): pulumi.Input<EgressRule[]> {
    if ("components" in to) {
        return [{ to: podsOf(to.components, release), ports: portsOf({ ports, protocols }) }];
    }
    const rulesFor = (peers: readonly PortedPeer[]): EgressRule[] => {
        const groups = new Map<string, PortedPeer[]>();
        for (const peer of peers) {
            const key = String(peer.ports ?? ports);
            groups.set(key, [...(groups.get(key) ?? []), peer]);
        }
        return [...groups.values()].map((group) => ({
            to: group.map(peerOf),
            ports: portsOf({ ports: group[0]?.ports ?? ports, protocols }),
        }));
    };
    return pulumi.Output.isInstance(to.peers) ? to.peers.apply(rulesFor) : rulesFor(to.peers);
}

/** One list of all lists; an Output only if one of them is. */
function joined(lists: pulumi.Input<EgressRule[]>[]): pulumi.Input<pulumi.Input<EgressRule>[]> {
    return lists.every(Array.isArray) ? lists.flat() : pulumi.all(lists).apply((known) => known.flat());
}

function podsOf(components: readonly ComponentName[], release: Release): PolicyPeer[] {
    return components.map((name) => ({ podSelector: { matchLabels: scopeOf(release, name).selector } }));
}

function peersOf(endpoint: Endpoint, release: Release): pulumi.Input<PolicyPeer[]> {
    if ("components" in endpoint) {
        return podsOf(endpoint.components, release);
    }
    const { peers } = endpoint;
    return pulumi.Output.isInstance(peers) ? peers.apply((known) => known.map(peerOf)) : peers.map(peerOf);
}

function peerOf({ namespace, namespaceLabels, podLabels, cidr, except }: Peer): PolicyPeer {
    if (cidr !== undefined) {
        return { ipBlock: { cidr, except } };
    }
    // Kubernetes adds this label to each namespace
    // (https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name).
    const labels = namespace === undefined ? namespaceLabels : { "kubernetes.io/metadata.name": namespace };
    return {
        ...(labels === undefined ? {} : { namespaceSelector: { matchLabels: labels } }),
        ...(podLabels === undefined ? {} : { podSelector: { matchLabels: podLabels } }),
    };
}

function portsOf({
    ports,
    protocols = ["TCP"],
}: Pick<Connection, "ports" | "protocols">): pulumi.Input<PolicyPort[]> | undefined {
    return ports === undefined
        ? undefined
        : computed(ports, (known) =>
              [...new Set(known)].flatMap((port) => protocols.map((protocol) => ({ port, protocol }))),
          );
}
