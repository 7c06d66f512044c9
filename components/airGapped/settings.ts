import { isIPv6 } from "node:net";

import * as z from "zod";

import { CONFIG_MAP_LIMIT } from "../fields/configMap";
import { isHostWithPort, withoutBrackets } from "../fields/host";
import { input } from "../fields/input";
import { isRange } from "../fields/peer";
import { isHttpAddress } from "../fields/url";
import { keyReference } from "../fields/vocabulary";
import { isCertificatesOnly, unreadableCertificate } from "./pem";

/** Certificates of authorities in PEM: as text, or as a key of an existing object. */
export const certificates = z
    .strictObject({
        pem: input(
            // Does not use the flag m, which JSON schemas do not support.
            z
                .string()
                .regex(/(^|\n)-----BEGIN CERTIFICATE-----(\r?\n|$)/, {
                    error: "contains no certificate in PEM. Set it to the complete text, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
                    abort: true,
                })
                .refine(isCertificatesOnly, {
                    error: "contains something other than complete certificates, such as a private key. It is stored in a ConfigMap, so include only certificates",
                    abort: true,
                })
                .refine((text) => unreadableCertificate(text) === undefined, {
                    error: ({ input }) =>
                        `contains a certificate that cannot be parsed, number ${unreadableCertificate(String(input)) ?? 1}. Copy it again without changes`,
                })
                .refine((text) => Buffer.byteLength(text) <= CONFIG_MAP_LIMIT, {
                    error: "is larger than 1 MiB, the maximum of a ConfigMap. Remove certificates, or use secret instead of pem",
                }),
        )
            .optional()
            .describe("the certificates themselves, which the stack puts into a ConfigMap"),
        secret: keyReference.optional().describe("key of an existing Secret"),
        configMap: keyReference.optional().describe("key of an existing ConfigMap"),
    })
    .refine(
        ({ pem, secret, configMap }) => [pem, secret, configMap].filter((place) => place !== undefined).length === 1,
        {
            error: "must have exactly one of pem, secret and configMap. Set one of them, and remove the others",
        },
    );

/** Certificates of authorities, as text or by reference. */
export type Certificates = z.infer<typeof certificates>;

function isIpv4Range(text: string): boolean {
    return isRange(text) && /^[\d.]+\/[1-9]/.test(text);
}

const proxyUrl = z
    .string()
    .refine(isHttpAddress, {
        error: ({ input }) =>
            /^socks/i.test(String(input))
                ? "is a SOCKS proxy, which Keep's HTTP clients do not support. Give an HTTP proxy, such as http://proxy.example.com:3128"
                : "is not a URL. Give the proxy's address, such as http://proxy.example.com:3128",
    })
    // A file for browsers, such as proxy.pac, is no proxy.
    .refine((text) => !isHttpAddress(text) || /^https?:\/\/[^/?#]+\/?$/i.test(text), {
        error: "contains a path or query. Give the proxy's address alone, such as http://proxy.example.com:3128",
    })
    .refine((text) => !isHttpAddress(text) || isHostWithPort(new URL(text).host), {
        error: "has no valid host. Give the proxy's address, such as http://proxy.example.com:3128",
    })
    .meta({ format: "uri" });

const NO_DIRECT_HOST = "is not a host. Give one host, domain or range of IPv4 addresses in each entry";

function isHostOrDomain(text: string): boolean {
    return isHostWithPort(text.replace(/^\./, "")) && !text.endsWith(".");
}

/**
 * An entry of NO_PROXY. httpx, which OpenAI's client uses, fails at brackets and at ranges of IPv6 addresses, and finds
 * a bare address; so does requests.
 */
const directHost = z
    .string()
    .transform(withoutBrackets)
    .pipe(
        z
            .string()
            .regex(/^[^,\s[\]]+$/, {
                error: NO_DIRECT_HOST,
                abort: true,
            })
            .refine((text) => !text.includes("://"), {
                error: "is a URL. Give the host alone, such as git.example.com",
                abort: true,
            })
            .refine((text) => isIPv6(text.replace(/\/.*/, "")) || !text.includes("/") || isIpv4Range(text), {
                error: ({ input }) =>
                    /\/0+$/.test(String(input))
                        ? "is every address, which Python's HTTP clients do not support. Remove it; to use no proxy at all, remove keep:proxy"
                        : "contains a path. Give the host alone, or a range such as 10.0.0.0/8",
                abort: true,
            })
            // Python compares the end of a host with the whole entry (urllib.request, proxy_bypass_environment).
            .refine((text) => text === "*" || !text.includes("*"), {
                error: "contains *, which Python's HTTP clients take literally. Write a domain like .example.com, for all its hosts, or a range like 10.0.0.0/8",
                abort: true,
            })
            .refine((text) => !isIPv6(text.replace(/\/.*/, "")) || isIPv6(text), {
                error: "is a range of IPv6 addresses, which Keep's HTTP clients do not support. Give the addresses or a domain",
                abort: true,
            })
            // A client compares names as text, so that an entry such as <local> or 10. matches nothing.
            .refine((text) => text === "*" || text.includes("/") || isHostOrDomain(text), { error: NO_DIRECT_HOST }),
    );

/** Proxies for a network without direct access to the outside. */
export const proxy = z.strictObject({
    http: proxyUrl.optional().describe("proxy for http addresses"),
    https: proxyUrl.optional().describe("proxy for https addresses"),
    noProxy: z
        .array(directHost)
        .default([])
        .describe(
            "hosts, domains (.example.com) and ranges that are reached without the proxy, in addition to the cluster's",
        ),
});

/** Proxies, validated and with defaults. */
export type Proxy = z.infer<typeof proxy>;
