import { isIP } from "node:net";

import * as z from "zod";

import { isMappedIpv4 } from "./host";
import { input } from "./input";
import { labels } from "./labels";
import { count, namespaceName } from "./vocabulary";

/** A range of addresses: its first address as a number, and the lengths of prefix and address in bits. */
interface Range {
    readonly first: bigint;
    readonly prefix: number;
    readonly size: 32 | 128;
}

/** Parses `10.0.0.0/8` or `fd00::/8`; undefined if it is not a range. */
function rangeOf(text: string): Range | undefined {
    const [address = "", bits = "", ...rest] = text.split("/");
    const family = isIP(address);
    const size = family === 4 ? 32 : 128;
    return family === 0 || address.includes("%") || !/^[0-9]+$/.test(bits) || Number(bits) > size || rest.length > 0
        ? undefined
        : {
              first: family === 4 ? numberOf(address.split("."), 10, 8n) : numberOf(groupsOf(address), 16, 16n),
              prefix: Number(bits),
              size,
          };
}

/** Whether a text is a range of addresses, such as `10.0.0.0/8`. */
export function isRange(text: string): boolean {
    return rangeOf(text) !== undefined;
}

/** Whether a range of addresses includes another, or is the same. Both must be valid. */
export function includesRange(text: string, part: string): boolean {
    const [outer, inner] = [rangeOf(text), rangeOf(part)];
    return text === part || (outer !== undefined && inner !== undefined && isInside(inner, outer));
}

function numberOf(parts: readonly string[], radix: number, width: bigint): bigint {
    return parts.reduce((sum, part) => (sum << width) | BigInt(Number.parseInt(part, radix)), 0n);
}

/** The eight groups of an IPv6 address. `URL` normalizes it to hexadecimal groups with at most one `::`. */
function groupsOf(address: string): string[] {
    const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
    const groups = (text: string) => (text === "" ? [] : text.split(":"));
    const [before, after] = [groups(head), groups(tail ?? "")];
    return [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
}

function hasHostBits({ first, prefix, size }: Range): boolean {
    return (first & ((1n << BigInt(size - prefix)) - 1n)) !== 0n;
}

function isInside(inner: Range, outer: Range): boolean {
    const hostBits = BigInt(outer.size - outer.prefix);
    return (
        inner.size === outer.size && inner.prefix > outer.prefix && inner.first >> hostBits === outer.first >> hostBits
    );
}

const cidr = z
    .string()
    .refine((text) => rangeOf(text) !== undefined && !isMappedIpv4(text), {
        error: "is not a range of addresses. Write it like 10.0.0.0/8, and one address like 10.1.2.3/32",
        abort: true,
    })
    .refine(
        (text) => {
            const range = rangeOf(text);
            return range === undefined || !hasHostBits(range);
        },
        {
            error: "has bits set beyond its prefix. Write the first address of the range, such as 10.0.0.0/8",
        },
    );

const ports = z.array(count(1, 65535)).min(1, { error: "is empty. Add a port, or remove it to allow all" }).optional();

const peerFields = {
    namespace: input(namespaceName).optional().describe("pods of this namespace"),
    namespaceLabels: labels.optional().describe("pods of the namespaces with these labels; {}: of every namespace"),
    podLabels: labels.optional().describe("only pods with these labels; without a namespace: pods of Keep's own"),
    cidr: input(cidr).optional().describe("a range of addresses outside the cluster, or of nodes"),
    except: z.array(input(cidr)).optional().describe("smaller ranges inside it to leave out"),
};

interface PeerFields {
    readonly namespace?: string;
    readonly namespaceLabels?: Readonly<Record<string, string>>;
    readonly podLabels?: Readonly<Record<string, string>>;
    readonly cidr?: string;
    readonly except?: readonly string[];
}

/** Reports exceptions outside of the range or equal to it, which the API server rejects. */
function checkExcept({ cidr, except = [] }: PeerFields, context: z.RefinementCtx): void {
    const outer = rangeOf(cidr ?? "");
    for (const [index, text] of except.entries()) {
        const inner = rangeOf(text);
        if (outer !== undefined && inner !== undefined && !isInside(inner, outer)) {
            const message = `is not a smaller range inside ${cidr ?? ""}. Write a part of that range, or remove it`;
            context.addIssue({ code: "custom", path: ["except", index], message });
        }
    }
}

function isOneThing({ namespace, namespaceLabels, podLabels, cidr, except }: PeerFields): boolean {
    const pods = [namespace, namespaceLabels, podLabels].filter((part) => part !== undefined).length;
    return cidr === undefined
        ? pods > 0 && except === undefined && (namespace === undefined || namespaceLabels === undefined)
        : pods === 0;
}

const ONE_THING = {
    error: "selects both pods and addresses, or neither. Set namespace or namespaceLabels (and podLabels), or cidr (and except)",
};

/** Pods or a range of addresses in a network policy. */
export const peer = z.strictObject(peerFields).refine(isOneThing, ONE_THING).superRefine(checkExcept);

/** Pods or a range of addresses, with ports that `description` explains. */
function withPorts(description: string) {
    return z
        .strictObject({ ...peerFields, ports: ports.describe(description) })
        .refine(isOneThing, ONE_THING)
        .superRefine(checkExcept);
}

/** Pods or a range of addresses, with ports. */
export const portedPeer = withPorts(
    "TCP ports; of pods: those of the containers, not of the Service. Default: all, or for addresses in destinations the port in use",
);

/** Pods or a range of addresses of name servers. */
export const nameServer = withPorts(
    "ports for UDP and TCP; of pods: those of the containers, not of the Service. Default: 53, and of pods also 8053; on OpenShift, of pods 5353",
);

/** Pods or addresses outside of the release. */
export type Peer = z.infer<typeof peer>;

/** Pods or addresses outside of the release, with ports. */
export type PortedPeer = Peer & { readonly ports?: readonly number[] | undefined };
