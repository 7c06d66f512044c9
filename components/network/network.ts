import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Peer } from "./settings";
import { type Release, releaseSelector, scopeOf } from "../naming";
import { REDIS_PORT } from "../redis/redis";
import { backendEndpoint } from "../tiers/backend";
import { frontendEndpoint } from "../tiers/frontend";
import { WEBSOCKET_METRICS_PORT, websocketEndpoint } from "../tiers/websocket";
import { WORKER_METRICS_PORT } from "../tiers/workerMetrics";
import { type Flow, flows, type FlowSettings, type PartPorts, type Side } from "./flows";
import { type Part, partsOf } from "./parts";

type PolicyPeer = k8s.types.input.networking.v1.NetworkPolicyPeer;
type PolicyPort = k8s.types.input.networking.v1.NetworkPolicyPort;

/** What the policies of a release are made from. */
export interface NetworkArgs {
    readonly release: Release;
    readonly config: FlowSettings;
}

/**
 * NetworkPolicies: one that closes every pod of the release, and one for each part that opens what the part uses. They hold where
 * the cluster's network plugin enforces them; others ignore them.
 */
export class Network extends pulumi.ComponentResource {
    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:network:Network", name, {}, opts);
        const { release, config } = args;
        const whole = scopeOf(release, "network");

        new k8s.networking.v1.NetworkPolicy(
            name,
            {
                metadata: { name: whole.name, namespace: whole.namespace, labels: whole.labels },
                spec: { podSelector: { matchLabels: releaseSelector(release) }, policyTypes: ["Ingress", "Egress"] },
            },
            { parent: this },
        );

        const all = flows(config, portsIn(release));
        for (const part of partsOf(config)) {
            const scope = scopeOf(release, part);
            new k8s.networking.v1.NetworkPolicy(
                `${name}-${part}`,
                {
                    metadata: { name: scope.name, namespace: scope.namespace, labels: scope.labels },
                    spec: {
                        podSelector: { matchLabels: scope.selector },
                        policyTypes: ["Ingress", "Egress"],
                        ingress: all
                            .filter(({ to }) => isSide(to, part))
                            .map((flow) => ({ from: peersOf(flow.from, release), ports: portsOf(flow) })),
                        egress: all
                            .filter(({ from }) => isSide(from, part))
                            .map((flow) => ({ to: peersOf(flow.to, release), ports: portsOf(flow) })),
                    },
                },
                { parent: this },
            );
        }

        this.registerOutputs({});
    }
}

function portsIn(release: Release): PartPorts {
    return {
        backend: backendEndpoint(release).port,
        frontend: frontendEndpoint(release).port,
        redis: REDIS_PORT,
        websocket: websocketEndpoint(release).port,
        websocketMetrics: WEBSOCKET_METRICS_PORT,
        workerMetrics: WORKER_METRICS_PORT.number,
    };
}

function isSide(side: Side, part: Part): boolean {
    return "parts" in side && side.parts.includes(part);
}

function peersOf(side: Side, release: Release): PolicyPeer[] {
    return "parts" in side
        ? side.parts.map((part) => ({ podSelector: { matchLabels: scopeOf(release, part).selector } }))
        : side.peers.map(peer);
}

function peer({ namespace, namespaceLabels, podLabels, cidr, except }: Peer): PolicyPeer {
    if (cidr !== undefined) {
        return { ipBlock: { cidr, except } };
    }
    // Kubernetes gives every namespace this label (https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name).
    const labels = namespace === undefined ? namespaceLabels : { "kubernetes.io/metadata.name": namespace };
    return {
        ...(labels === undefined ? {} : { namespaceSelector: { matchLabels: labels } }),
        ...(podLabels === undefined ? {} : { podSelector: { matchLabels: podLabels } }),
    };
}

function portsOf({ ports, udp }: Flow): PolicyPort[] | undefined {
    const protocols = udp === true ? ["UDP", "TCP"] : ["TCP"];
    return ports?.flatMap((port) => protocols.map((protocol) => ({ port, protocol })));
}
