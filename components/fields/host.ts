import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";

import * as z from "zod";

import { computedText, hasLater } from "../tokens";

const LABEL = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

/**
 * A host name, an IPv4 address or an IPv6 address, without a port. Removes the brackets of an IPv6 address; `hostInUrl`
 * adds them.
 * @param several fix for a list of hosts, as a sentence without a full stop
 */
export function host(several = "Set it to one host") {
    return z
        .string()
        .refine((text) => hostFault(text, several) === undefined, {
            error: ({ input }) => (typeof input === "string" ? hostFault(input, several) : undefined),
        })
        .transform(withoutBrackets);
}

/** A host for URLs and `host:port`, with an IPv6 address in brackets. */
export function hostInUrl(name: string): string {
    return computedText(name, (known) => (isIPv6(known) ? `[${known}]` : known));
}

/** Splits a host with an optional port, such as `sentinel-0.example.com:26379`. */
export function splitPort(text: string): { readonly host: string; readonly port: number | undefined } {
    const [, name = text, port] = /^(.*):(\d+)$/.exec(isIPv6(text) ? "" : text) ?? [];
    return { host: withoutBrackets(name), port: port === undefined ? undefined : Number(port) };
}

/** Whether a text is a host with an optional port. */
export function isHostWithPort(text: string): boolean {
    const { host: name, port = 1 } = splitPort(text);
    return isHost(name) && port >= 1 && port <= 65535;
}

/**
 * The message for an invalid host; undefined if it is valid. The message contains no part of the host, which may be a
 * secret of a program.
 */
export function hostFault(text: string, several: string): string | undefined {
    // Connection strings of SQL Server: https://learn.microsoft.com/dotnet/api/system.data.sqlclient.sqlconnection.connectionstring
    if (/^(tcp|np|lpc|admin):(?!\/\/)|^[^,]+,\s*\d+$/i.test(text)) {
        return "is an address in the form of SQL Server. Write only the host, such as db.example.com, and set port";
    }
    if (text.includes(",")) {
        return `is a list of hosts. ${several}`;
    }
    if (isHost(withoutBrackets(text))) {
        return undefined;
    }
    const { host: name, port } = splitPort(text);
    return port !== undefined && isHost(name)
        ? "contains a port. Write only the host, and set port"
        : "is not a host. Write only a name or an address, such as db.example.com";
}

function isHost(name: string): boolean {
    const labels = name.replace(/\.$/, "").split(".");
    // A host that ends in a number can only be an IPv4 address (https://url.spec.whatwg.org/#ends-in-a-number-checker).
    const isName =
        name.length <= 253 &&
        labels.every((label) => LABEL.test(label)) &&
        !/^(\d+|0x[0-9a-f]*)$/i.test(labels.at(-1) ?? "");
    return isName || (isIP(name) !== 0 && !name.includes("%"));
}

/** Removes the brackets of an IPv6 address; returns any other text unchanged. */
export function withoutBrackets(text: string): string {
    const [, inner = text] = /^\[(.*)\]$/.exec(text) ?? [];
    return isIPv6(inner) ? inner : text;
}

/** Whether a text is an address or range of IPv4 in the form of IPv6, such as `::ffff:10.0.0.1`. Since 1.36, Kubernetes rejects these. */
export function isMappedIpv4(text: string): boolean {
    return /^(::|(0+:){5})ffff:/i.test(text);
}

/**
 * Whether a host is the pod itself: a loopback address, one of its names in the /etc/hosts of pods, or the unspecified
 * address, to which Linux connects as to the former.
 */
export function isLoopback(host: string): boolean {
    const address = withoutBrackets(host);
    const known = isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
    return /^(localhost\.?|ip6-(localhost|loopback)|127(\.\d+){3}|0\.0\.0\.0|::1?|::ffff:7f[0-9a-f]{2}:[0-9a-f]+)$/i.test(
        known,
    );
}

/** Whether a host has the form of a Service of the cluster: `redis`, `redis.data`, or a name with `.svc`. */
export function mayBeService(host: string): boolean {
    return isIP(host) === 0 && /^[^.]+(\.[^.]+)?(\.svc(\..*)?)?\.?$/i.test(host);
}

/** Ends of host names with two labels that are no Service in a namespace, but a domain of the internet or of a company. */
const DOMAINS =
    /\.([a-z]{2}|arpa|biz|cloud|com|corp|edu|gov|home|info|int|internal|intranet|lan|local|localdomain|localhost|mil|net|online|org|private|tech|xyz)\.?$/i;

/** Ports of web servers of the internet. */
const WEB: readonly (number | undefined)[] = [undefined, 80, 443, 8080, 8443];

/**
 * Whether a host is the name of a Service of the cluster. A name of two labels is one, unless its end or its port are
 * those of a domain. A namespace may have two letters, such as in `ollama.ai:11434`.
 */
export function isService(host: string, port: number | undefined): boolean {
    return isSurelyService(host, port) || (/^[^.:]+\.[a-z]{2}\.?$/i.test(host) && !WEB.includes(port));
}

/** Whether a host cannot be anything else than a Service. */
export function isSurelyService(host: string, port: number | undefined): boolean {
    const isName = isIP(withoutBrackets(host)) === 0 && !isLoopback(host);
    const size = host.replace(/\.$/, "").split(".").length;
    return (
        isName &&
        (size === 1 ||
            (size === 2 && port !== 443 && !DOMAINS.test(host)) ||
            /\.svc(\.cluster\.local)?\.?$/i.test(host))
    );
}

/** Addresses that no network of the internet has (https://www.iana.org/assignments/iana-ipv4-special-registry). */
const RESERVED = new BlockList();
for (const [network, prefix] of [
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
    ["fc00::", 7],
    ["fe80::", 10],
] as const) {
    RESERVED.addSubnet(network, prefix, isIPv4(network) ? "ipv4" : "ipv6");
}
RESERVED.addAddress("::1", "ipv6");

/** Ends of host names that are no domains of the internet, and names of one label. */
const INTERNAL = /^[^.]+$|\.(corp|home|home\.arpa|internal|intranet|lan|local|localdomain|localhost|private|svc)$/i;

/** What is wrong with such a host where a client trusts the public authorities alone (see `isInternal`). */
export const UNSIGNED = "has a certificate that no public authority can have signed";

/**
 * Whether no public authority signs a certificate for a host
 * (https://cabforum.org/working-groups/server/guidance-internal-names). A name of two labels may be a Service or a domain.
 */
export function isInternal(host: string): boolean {
    const address = withoutBrackets(host);
    return isIP(address) === 0
        ? INTERNAL.test(host.replace(/\.$/, ""))
        : RESERVED.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/**
 * Whether browsers at a public URL cannot reach a host, because it is the name of a Service. One word, or two with the
 * end of the public URL, may be a host of the same network.
 */
export function isOnlyInCluster(host: string, port: number | undefined, publicUrl: string): boolean {
    const { hostname } = new URL(publicUrl);
    const [last, ...others] = host.replace(/\.$/, "").split(".").reverse();
    const isNear =
        others.length === 0
            ? !hostname.includes(".") || isLoopback(hostname)
            : others.length === 1 && hostname.endsWith(`.${last ?? ""}`);
    return (
        !hasLater([host, port]) && (others.length === 0 || isSurelyService(host, port)) && isIP(host) === 0 && !isNear
    );
}
