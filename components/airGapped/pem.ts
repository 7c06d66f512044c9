import { X509Certificate } from "node:crypto";

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

/** The certificates of a text; undefined in the place of one that cannot be read. */
export function certificatesIn(text: string): (X509Certificate | undefined)[] {
    return [...text.matchAll(CERTIFICATE)].map(([pem]) => {
        try {
            return new X509Certificate(pem);
        } catch {
            return undefined;
        }
    });
}
