import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A certificate that signs itself, in PEM. */
export interface Certificate {
    readonly certificate: string;
    readonly key: string;
}

/**
 * Makes a certificate for these hosts, by OpenSSL.
 * @param days how long it is valid from now; a negative number: since when it has expired.
 */
export function createCertificate(hosts: readonly string[], days = 2): Certificate {
    const folder = mkdtempSync(path.join(tmpdir(), "keep-certificate-"));
    const file = (name: string) => path.join(folder, name);
    const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", file("key")];
    try {
        writeFileSync(file("names"), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(",")}`);
        openssl("req", ...key, "-subj", `/CN=${hosts[0] ?? ""}`, "-out", file("request"));
        const signed = ["-signkey", file("key"), "-extfile", file("names"), "-out", file("certificate")];
        openssl("x509", "-req", "-in", file("request"), "-days", String(days), ...signed);
        return { certificate: readFileSync(file("certificate"), "utf8"), key: readFileSync(file("key"), "utf8") };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** A certificate of localhost and its addresses, and the authority that has signed it. */
export interface SignedCertificate extends Certificate {
    readonly authority: string;
}

/** Makes a certificate of localhost and its authority, which has no key usage: that is what `openssl req -x509` makes. */
export function createSignedCertificate(): SignedCertificate {
    const folder = mkdtempSync(path.join(tmpdir(), "keep-certificate-"));
    const file = (name: string) => path.join(folder, name);
    const read = (name: string) => readFileSync(file(name), "utf8");
    const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
    const keyIn = (name: string) => [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        name,
    ];
    try {
        writeFileSync(
            file("config"),
            "[req]\ndistinguished_name=name\n[name]\n[ca]\nbasicConstraints=critical,CA:true\n",
        );
        writeFileSync(
            file("names"),
            "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\nauthorityKeyIdentifier=keyid\n",
        );
        const own = ["-config", file("config"), "-extensions", "ca", "-subj", "/CN=authority", "-out", file("ca")];
        openssl("req", "-x509", ...keyIn(file("ca-key")), ...own, "-days", "2");
        openssl("req", ...keyIn(file("key")), "-subj", "/CN=localhost", "-out", file("request"));
        const signed = ["-CA", file("ca"), "-CAkey", file("ca-key"), "-set_serial", "7", "-extfile", file("names")];
        openssl("x509", "-req", "-in", file("request"), ...signed, "-days", "2", "-out", file("certificate"));
        return { certificate: read("certificate"), key: read("key"), authority: read("ca") };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** An authority's certificate, valid until 2120. */
export const AUTHORITY = `-----BEGIN CERTIFICATE-----
MIHtMIGgoAMCAQICAQEwBQYDK2VwMBUxEzARBgNVBAMMCkV4YW1wbGUgQ0EwIBcN
MjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBUxEzARBgNVBAMMCkV4YW1w
bGUgQ0EwKjAFBgMrZXADIQDugAJweWmSonoj2+7T0i+AFLZBTi3ZBfAK+rVMFRgC
kaMTMBEwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQAzisk18og8vfBWzCLQOPJW
jYeJ2WAWENMCds2uESYEpZznkACDWXvt2GUWseqWHHtGN2oz0fiztAIxGtdP1SkH
-----END CERTIFICATE-----
`;

/** A certificate that expired in 2000. */
export const EXPIRED_AUTHORITY = `-----BEGIN CERTIFICATE-----
MIHrMIGeoAMCAQICAQEwBQYDK2VwMBUxEzARBgNVBAMMCkV4YW1wbGUgQ0EwHhcN
OTkwMTAxMDAwMDAwWhcNMDAwMTAxMDAwMDAwWjAVMRMwEQYDVQQDDApFeGFtcGxl
IENBMCowBQYDK2VwAyEAzsjQ7trPIGzCQfeMbmryVo1Y2NgGfile0F9K2TuBn2Wj
EzARMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EA67Rll00aJTrZU4VfY0VaRF0Z
XsWFsRdTJ56frvvzCE9rGFy8fjqw8+/c3jjoAaUHP7zk5PcuZyiTJzUsfvBgBg==
-----END CERTIFICATE-----
`;
