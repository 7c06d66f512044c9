import { isIP, isIPv6 } from "node:net";

import * as z from "zod";

import { computedText } from "../tokens";

const LABEL = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

/**
 * A host name, an IPv4 or an IPv6 address, without a port. Brackets of an IPv6 address are removed: `hostInUrl` adds them where
 * they are needed.
 * @param several what to do in place of a list of hosts, as the rest of a message
 */
export function host(several = "Name one host") {
    return z
        .string()
        .refine((text) => hostFault(text, several) === undefined, {
            error: ({ input }) => (typeof input === "string" ? hostFault(input, several) : undefined),
        })
        .transform(withoutBrackets);
}

/** A host as URLs and `host:port` have it: IPv6 addresses in brackets. */
export function hostInUrl(name: string): string {
    return computedText(name, (known) => (isIPv6(known) ? `[${known}]` : known));
}

/** A host that may be followed by a port, such as `sentinel-0.example.com:26379`. */
export function splitPort(text: string): { readonly host: string; readonly port: number | undefined } {
    const [, name = text, port] = /^(.*):(\d+)$/.exec(isIPv6(text) ? "" : text) ?? [];
    return { host: withoutBrackets(name), port: port === undefined ? undefined : Number(port) };
}

/** Whether a text is a host, which may be followed by a port. */
export function isHostWithPort(text: string): boolean {
    const { host: name, port = 1 } = splitPort(text);
    return isHost(name) && port >= 1 && port <= 65535;
}

/** What is wrong with a host, and what to do, without a part of it, since a program may give it as a secret; undefined when it is valid. */
export function hostFault(text: string, several: string): string | undefined {
    if (text.includes(",")) {
        return `is a list of hosts. ${several}`;
    }
    if (isHost(withoutBrackets(text))) {
        return undefined;
    }
    const { host: name, port } = splitPort(text);
    return port !== undefined && isHost(name)
        ? "contains a port. Write the host alone, and the port as port"
        : "is not a host. Give a name or an address alone, such as db.example.com";
}

function isHost(name: string): boolean {
    const labels = name.replace(/\.$/, "").split(".");
    // What ends in a number can only be an IPv4 address (https://url.spec.whatwg.org/#ends-in-a-number-checker).
    const isName =
        name.length <= 253 &&
        labels.every((label) => LABEL.test(label)) &&
        !/^(\d+|0x[0-9a-f]*)$/i.test(labels.at(-1) ?? "");
    return isName || (isIP(name) !== 0 && !name.includes("%"));
}

/** An IPv6 address in brackets without them; any other text as it is. */
export function withoutBrackets(text: string): string {
    const [, inner = text] = /^\[(.*)\]$/.exec(text) ?? [];
    return isIPv6(inner) ? inner : text;
}
