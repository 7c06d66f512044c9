import { isIP } from "node:net";

import type * as pulumi from "@pulumi/pulumi";

import { type ComponentName, componentsWith } from "../component";
import { computed, computedNumber, computedText } from "../tokens";
import type { Peer } from "./peer";

/** Connections that components open to places outside of the release. */
export interface Egress {
    readonly from: readonly ComponentName[];
    readonly to: Peers;
    /** TCP ports; undefined: all. */
    readonly ports?: readonly number[];
}

/** Pods and addresses: an Output where they follow from a host that is known only later. */
export type Peers = readonly Peer[] | pulumi.Output<readonly Peer[]>;

/** A port that a component listens on, and who connects to it: other components, or a list of `keep:networkPolicy`. */
export interface Listener {
    readonly port: number;
    readonly from: readonly ComponentName[] | "autoscaler" | "edge" | "monitoring";
}

/** The components that run Keep's Python program: any of them may call a provider, the secret store or the queue. */
export const PROCESSES: readonly ComponentName[] = componentsWith("process");

/**
 * Every address except those where clouds hand out a node's credentials or configuration: link-local ones, those of AWS and Google in IPv6
 * (fd00:ec2::254, fd20:ce::254), Alibaba Cloud's (100.100.100.200) and Azure's host (168.63.129.16). Pods of the cluster are listed as well: to some
 * network plugins a pod is never an address (https://docs.cilium.io/en/stable/security/policy/language/).
 */
export const ANYWHERE: readonly Peer[] = [
    { namespaceLabels: {} },
    { cidr: "0.0.0.0/0", except: ["100.100.100.200/32", "168.63.129.16/32", "169.254.0.0/16"] },
    { cidr: "::/0", except: ["fd00:ec2::/32", "fd20:ce::254/128", "fe80::/10"] },
];

/** Where pods get their identity in a cloud: EKS Pod Identity, and GKE's metadata server. */
const CLOUD_IDENTITY: Readonly<Record<Cloud, readonly { readonly cidr: string; readonly port: number }[]>> = {
    aws: [{ cidr: "169.254.170.23/32", port: 80 }],
    gcp: [
        { cidr: "169.254.169.254/32", port: 80 },
        { cidr: "169.254.169.252/32", port: 988 },
    ],
};

/** Where destinations outside of the release are, as `keep:networkPolicy.destinations` says; an empty list: not said. */
export type Destinations = Readonly<
    Record<
        "apiServer" | "database" | "elasticsearch" | "identityProvider" | "redis" | "secretStore" | "websocket",
        readonly Peer[]
    >
>;

/** A cloud whose identities pods can have. */
export type Cloud = "aws" | "gcp";

/** Connections of components that get their identity in a cloud. */
export function identityEgress(cloud: Cloud, from: readonly ComponentName[]): Egress[] {
    return CLOUD_IDENTITY[cloud].map(({ cidr, port }) => ({ from, to: [{ cidr }], ports: [port] }));
}

/** Ports of the API server: that of its Service, and that of most servers behind it. Network plugins differ in which they see. */
export const API_SERVER_PORTS = [443, 6443];

/** Peers for a destination: those of `keep:networkPolicy.destinations`, else the hosts if they are addresses, else anywhere. */
export function peersFor(configured: readonly Peer[], ...hosts: readonly string[]): Peers {
    return configured.length > 0
        ? configured
        : computed(hosts, (known) => {
              const addresses = known.map((host) => host.replace(/^\[|\]$/g, ""));
              return addresses.length === 0 || addresses.some((address) => isIP(address) === 0)
                  ? ANYWHERE
                  : addresses.map((address) => ({ cidr: `${address}/${isIP(address) === 4 ? 32 : 128}` }));
          });
}

/** Host of a URL. */
export function hostOf(url: string): string {
    return computedText(url, (known) => new URL(known).hostname);
}

/** Port of a URL: its own, or that of its scheme. */
export function portOf(url: string): number {
    return computedNumber(url, (known) => {
        const { port, protocol } = new URL(known);
        return port === "" ? (protocol === "http:" ? 80 : 443) : Number(port);
    });
}
