import { isIP } from "node:net";

import type * as pulumi from "@pulumi/pulumi";

import { type ComponentName, componentsWith } from "../component";
import { computed, computedNumber, computedText } from "../tokens";
import { isLoopback, mayBeService } from "./host";
import type { Peer, PortedPeer } from "./peer";

/** Connections of components to destinations outside of the release. */
export interface Egress {
    readonly from: readonly ComponentName[];
    readonly to: Peers;
    /** TCP ports of the peers that name none; undefined: all. */
    readonly ports?: readonly number[];
    /** What Cilium calls the peers that it does not select by an address. */
    readonly entity?: Entity;
}

/**
 * What only an entity of Cilium selects, because its addresses never select nodes, nor its own Ingress and Gateway
 * (https://docs.cilium.io/en/stable/security/policy/language/#entities-based): the node of the pod, which may have a name
 * server and the agent of EKS Pod Identity, the API server, and the two of Cilium.
 */
export type Entity = "host" | "ingress" | "kube-apiserver";

/** Pods and addresses; an Output if they depend on a host that is an Output. */
export type Peers = readonly PortedPeer[] | pulumi.Output<readonly PortedPeer[]>;

/** A port on which a component listens, and its clients: other components, or a list of `keep:networkPolicy`. */
export interface Listener {
    readonly port: number;
    readonly from: readonly ComponentName[] | "autoscaler" | "edge" | "monitoring";
}

/** The components that run Keep's Python program: each can connect to providers, the secret store and the queue. */
export const PROCESSES: readonly ComponentName[] = componentsWith("process");

/**
 * All addresses except the metadata services of clouds, which return credentials of nodes: link-local addresses, Alibaba Cloud
 * (100.100.100.200), Azure (168.63.129.16) and Oracle (192.0.0.192), and in IPv6 those of Alibaba Cloud, Akamai, AWS, Google, Oracle and
 * Scaleway.
 * Pods are a separate entry, because for some network plugins, ranges of addresses never include pods
 * (https://docs.cilium.io/en/stable/security/policy/language/).
 */
export const ANYWHERE: readonly Peer[] = [
    { namespaceLabels: {} },
    { cidr: "0.0.0.0/0", except: ["100.100.100.200/32", "168.63.129.16/32", "169.254.0.0/16", "192.0.0.192/32"] },
    {
        cidr: "::/0",
        except: [
            "fd00:42::42/128",
            "fd00:100::100:200/128",
            "fd00:a9fe:a9fe::1/128",
            "fd00:c1::a9fe:a9fe/128",
            "fd00:ec2::/32",
            "fd20:ce::254/128",
            "fe80::/10",
        ],
    },
];

/**
 * Servers from which pods get their cloud identity: EKS Pod Identity, which has one address in clusters of IPv4 and one in those of IPv6
 * (configuration/config.go of aws/eks-pod-identity-agent), and GKE's metadata server.
 */
const CLOUD_IDENTITY: Readonly<Record<Cloud, readonly { readonly cidrs: readonly string[]; readonly port: number }[]>> =
    {
        aws: [{ cidrs: ["169.254.170.23/32", "fd00:ec2::23/128"], port: 80 }],
        gcp: [
            { cidrs: ["169.254.169.254/32"], port: 80 },
            { cidrs: ["169.254.169.252/32"], port: 988 },
        ],
    };

/** Hosts of these servers, which no proxy reaches. Google's clients use the name. */
export const IDENTITY_SERVERS: readonly string[] = [
    ...Object.values(CLOUD_IDENTITY)
        .flat()
        .flatMap(({ cidrs }) => cidrs)
        .map((cidr) => cidr.replace(/\/.*/, "")),
    "metadata.google.internal",
];

/** `keep:networkPolicy.destinations`; an empty list: not set. */
export type Destinations = Readonly<
    Record<
        | "apiServer"
        | "database"
        | "elasticsearch"
        | "identityProvider"
        | "openai"
        | "proxy"
        | "redis"
        | "secretStore"
        | "websocket",
        readonly PortedPeer[]
    >
>;

/** A cloud that provides identities for pods. */
export type Cloud = "aws" | "gcp";

/** Connections of components to the identity server of a cloud. */
export function identityEgress(cloud: Cloud, from: readonly ComponentName[]): Egress[] {
    return CLOUD_IDENTITY[cloud].map(({ cidrs, port }) => ({
        from,
        to: cidrs.map((cidr) => ({ cidr })),
        ports: [port],
        entity: "host",
    }));
}

/**
 * Ports of the API server: that of its Service, and the usual ports of the server, such as those of minikube and
 * MicroK8s (canonical/microk8s#3269). It depends on the network plugin which one counts.
 */
export const API_SERVER_PORTS = [443, 6443, 8443, 16443];

/**
 * Peers for a destination: those of `keep:networkPolicy.destinations`; otherwise the hosts, if all are addresses;
 * otherwise all addresses. Pods of a Service get all ports: policies see the port of the pod, and only the Service knows
 * it (https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports).
 * The address of the pod itself stands for a proxy in the pod, whose own destination and ports are not known.
 * @param ports ports in the address of the destination; undefined: all
 */
export function peersFor(
    configured: readonly PortedPeer[],
    ports: readonly number[] | undefined,
    ...hosts: readonly string[]
): Peers {
    if (configured.length > 0) {
        return configured.map((peer) => ({ ports: peer.cidr === undefined ? undefined : ports, ...peer }));
    }
    return computed(hosts, (known) => {
        if (known.some(isLoopback)) {
            return ANYWHERE;
        }
        const addresses = known.map((host) => host.replace(/^\[|\]$/g, ""));
        const peers =
            addresses.length === 0 || addresses.some((address) => isIP(address) === 0)
                ? ANYWHERE
                : addresses.map((address) => ({ cidr: `${address}/${isIP(address) === 4 ? 32 : 128}` }));
        const hasService = addresses.some(mayBeService);
        return peers.map((peer) => ({ ...peer, ports: hasService && peer.cidr === undefined ? undefined : ports }));
    });
}

/** Host of a URL. */
export function hostOf(url: string): string {
    return computedText(url, (known) => new URL(known).hostname);
}

/** Port of a URL; default: that of its scheme. */
export function portOf(url: string): number {
    return computedNumber(url, (known) => {
        const { port, protocol } = new URL(known);
        return port === "" ? (protocol === "http:" ? 80 : 443) : Number(port);
    });
}
