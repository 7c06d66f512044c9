import { X509Certificate } from "node:crypto";

/** A PEM certificate in the syntax of OpenSSL, which Python and Node use. Its first and last line are not indented. */
const CERTIFICATE = /^-----BEGIN CERTIFICATE-----[ \t]*\r?\n[\sA-Za-z0-9+/=]*^-----END CERTIFICATE-----[ \t]*\r?$/gm;

/** A comment, or a line with which OpenSSL's `s_client -showcerts`, `x509` and `pkcs12` describe a certificate. */
const DESCRIPTION =
    /^([ \t]*#.*|-{3}|CONNECTED\(\w+\)|Certificate chain|Server certificate|Bag Attributes|( *\d+ s| {3}[iav]| {4}(friendlyName|localKeyID)):.*|(subject|issuer) ?=.*)?$/;

/**
 * Whether a text contains only certificates and what describes them, and not for example a private key. Python and Node ignore
 * other lines.
 */
export function isCertificatesOnly(text: string): boolean {
    return text
        .replace(CERTIFICATE, "")
        .split("\n")
        .every((line) => DESCRIPTION.test(line.trimEnd()));
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
