import { isIP } from "node:net";

import * as z from "zod";

import { labels } from "./labels";
import { count, dnsLabel } from "./vocabulary";

const cidr = z.string().refine(isRange, {
    error: "is not a range of addresses. Write it like 10.0.0.0/8, and one address like 10.1.2.3/32",
});

function isRange(value: string): boolean {
    const [address = "", bits = "", ...rest] = value.split("/");
    const family = isIP(address);
    return family !== 0 && /^[0-9]+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128) && rest.length === 0;
}

const ports = z
    .array(count(1).max(65535, { error: "is more than 65535. Use 65535 or less" }))
    .min(1, { error: "is empty. Name a port, or leave it out for all" })
    .optional();

const peerFields = {
    namespace: dnsLabel().optional().describe("pods of this namespace"),
    namespaceLabels: labels.optional().describe("pods of the namespaces with these labels; {}: of every namespace"),
    podLabels: labels.optional().describe("only pods with these labels; without a namespace: pods of Keep's own"),
    cidr: cidr.optional().describe("a range of addresses outside the cluster, or of nodes"),
    except: z.array(cidr).optional().describe("parts of that range that are left out"),
};

interface PeerFields {
    readonly namespace?: string;
    readonly namespaceLabels?: Readonly<Record<string, string>>;
    readonly podLabels?: Readonly<Record<string, string>>;
    readonly cidr?: string;
    readonly except?: readonly string[];
}

function isOneThing({ namespace, namespaceLabels, podLabels, cidr, except }: PeerFields): boolean {
    const pods = [namespace, namespaceLabels, podLabels].filter((part) => part !== undefined).length;
    return cidr === undefined
        ? pods > 0 && except === undefined && (namespace === undefined || namespaceLabels === undefined)
        : pods === 0;
}

const ONE_THING = {
    error: "names neither or more than one of pods and addresses. Give namespace or namespaceLabels (and podLabels), or cidr (and except)",
};

/** One party of a network policy: pods, or a range of addresses. */
export const peer = z.strictObject(peerFields).refine(isOneThing, ONE_THING);

/** The same, with the ports that may be reached there. */
export const portedPeer = z
    .strictObject({ ...peerFields, ports: ports.describe("TCP ports; default: all") })
    .refine(isOneThing, ONE_THING);

/** Pods or addresses that are no part of the release. */
export type Peer = z.infer<typeof peer>;

/** The same, with the ports that may be reached there. */
export type PortedPeer = z.infer<typeof portedPeer>;
