import { isIPv6 } from "node:net";

import * as z from "zod";

import { CONFIG_MAP_LIMIT } from "../fields/configMap";
import { withoutBrackets } from "../fields/host";
import { input } from "../fields/input";
import { isHttpAddress } from "../fields/url";
import { keyReference } from "../fields/vocabulary";
import { isCertificatesOnly, unreadableCertificate } from "./pem";

/** Certificates of an authority, in PEM: the text itself, or a key of an object that exists already. */
export const certificates = z
    .strictObject({
        pem: input(
            // Without the flag m, which JSON schemas do not have.
            z
                .string()
                .regex(/(^|\n)-----BEGIN CERTIFICATE-----(\r?\n|$)/, {
                    error: "has no certificate in PEM. Give the whole text, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
                    abort: true,
                })
                .refine(isCertificatesOnly, {
                    error: "has something other than whole certificates, such as a private key, which anybody could read in the ConfigMap. Give the certificates alone",
                    abort: true,
                })
                .refine((text) => unreadableCertificate(text) === undefined, {
                    error: ({ input }) =>
                        `has a certificate that cannot be read, number ${unreadableCertificate(String(input)) ?? 1}. Copy it again, without a change`,
                })
                .refine((text) => Buffer.byteLength(text) <= CONFIG_MAP_LIMIT, {
                    error: "is larger than 1 MiB, and no ConfigMap can hold it. Give fewer certificates, or name a secret",
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
            error: "has certificates in several places, or in none. Give one of pem, secret and configMap",
        },
    );

/** Certificates of an authority, as a text or by reference. */
export type Certificates = z.infer<typeof certificates>;

const proxyUrl = z
    .string()
    .refine(isHttpAddress, {
        error: "is not a URL. Give the proxy's address, such as http://proxy.example.com:3128",
    })
    .meta({ format: "uri" });

/**
 * An entry of NO_PROXY. httpx, which OpenAI's client uses, fails at brackets and at ranges of IPv6 addresses, and finds a bare address;
 * so does requests.
 */
const directHost = z
    .string()
    .transform(withoutBrackets)
    .pipe(
        z
            .string()
            .regex(/^[^,\s[\]]+$/, {
                error: "is not a host. Give one host, domain or range of IPv4 addresses in each entry",
            })
            .refine((text) => !isIPv6(text.replace(/\/.*/, "")) || isIPv6(text), {
                error: "is a range of IPv6 addresses, which Keep's HTTP clients do not support. Give the addresses or a domain",
            }),
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
