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
