import { X509Certificate } from "node:crypto";

import { isToken } from "../tokens";

/** A certificate as OpenSSL reads it, which Python and Node use: both lines of its frame begin at the left. */
const CERTIFICATE = /^-----BEGIN CERTIFICATE-----[ \t]*\r?\n[\sA-Za-z0-9+/=]*^-----END CERTIFICATE-----[ \t]*\r?$/gm;

/** Whether a text has whole certificates and comments alone: a file of certificates may have the private key as well. */
export function isCertificatesOnly(text: string): boolean {
    return text
        .replace(CERTIFICATE, "")
        .split("\n")
        .every((line) => /^[ \t\r]*(#.*)?$/.test(line));
}

/**
 * Number of the first certificate of a text that cannot be read; undefined where all can. With one such certificate in a file,
 * Python and Node read none of those after it, and Python ends with an error.
 */
export function unreadableCertificate(text: string): number | undefined {
    const index = certificatesIn(text).indexOf(undefined);
    return index < 0 ? undefined : index + 1;
}

function certificatesIn(text: string): (X509Certificate | undefined)[] {
    return [...text.matchAll(CERTIFICATE)].map(([pem]) => {
        try {
            return new X509Certificate(pem);
        } catch {
            return undefined;
        }
    });
}

interface Given {
    readonly pem?: string;
}

interface Settings {
    readonly database: { readonly kind: string; readonly tls?: { readonly ca?: Given | undefined } | undefined };
    readonly extraCa?: Given | undefined;
}

/**
 * Certificates that are not valid now, as a warning; undefined without any. They are not rejected: a bundle may have an old one beside
 * its successor, and a stack that nobody changed must not fail on a later day.
 */
export function expiredNote(namespace: string, { database, extraCa }: Settings, now = new Date()): string | undefined {
    const given = {
        "extraCa.pem": extraCa?.pem,
        "database.tls.ca.pem": database.tls?.ca?.pem,
    };
    const notes = Object.entries(given).flatMap(([path, pem]) =>
        (pem === undefined || isToken(pem) ? [] : certificatesIn(pem)).flatMap((certificate, index) => {
            const [from, to] = [certificate?.validFrom, certificate?.validTo].map((time) => new Date(time ?? now));
            return from === undefined || to === undefined || (from <= now && now <= to)
                ? []
                : [
                      `${namespace}${path}: certificate ${index + 1} is valid from ${from.toISOString()} to ${to.toISOString()} only. Replace it`,
                  ];
        }),
    );
    return notes.length === 0 ? undefined : notes.join("\n");
}
