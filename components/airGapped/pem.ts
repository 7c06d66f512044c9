import { X509Certificate } from "node:crypto";

/** A PEM certificate in the syntax of OpenSSL, which Python and Node use. Its first and last line are not indented. */
const CERTIFICATE = /^-----BEGIN CERTIFICATE-----[ \t]*\r?\n[\sA-Za-z0-9+/=]*^-----END CERTIFICATE-----[ \t]*\r?$/gm;

/** Whether a text contains only certificates and comments, and not for example a private key. */
export function isCertificatesOnly(text: string): boolean {
    return text
        .replace(CERTIFICATE, "")
        .split("\n")
        .every((line) => /^[ \t\r]*(#.*)?$/.test(line));
}

/**
 * Number of the first certificate that cannot be parsed; undefined if all can. Python and Node ignore all certificates
 * after such a certificate, and Python exits with an error.
 */
export function unreadableCertificate(text: string): number | undefined {
    const index = certificatesIn(text).indexOf(undefined);
    return index < 0 ? undefined : index + 1;
}

/** The certificates in a text; undefined for one that cannot be parsed. */
export function certificatesIn(text: string): (X509Certificate | undefined)[] {
    return [...text.matchAll(CERTIFICATE)].map(([pem]) => {
        try {
            return new X509Certificate(pem);
        } catch {
            return undefined;
        }
    });
}
