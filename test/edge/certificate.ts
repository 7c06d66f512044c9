import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A certificate that signs itself, in PEM. */
export interface Certificate {
    readonly certificate: string;
    readonly key: string;
}

/** Makes a certificate for these hosts, by OpenSSL. */
export function createCertificate(hosts: readonly string[]): Certificate {
    const folder = mkdtempSync(path.join(tmpdir(), "keep-edge-certificate-"));
    const [key, certificate] = ["key.pem", "certificate.pem"].map((name) => path.join(folder, name)) as [
        string,
        string,
    ];
    const names = hosts.map((host) => `DNS:${host}`).join(",");
    try {
        execFileSync(
            "openssl",
            [
                ...[
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-days",
                    "2",
                ],
                ...["-subj", `/CN=${hosts[0] ?? ""}`, "-addext", `subjectAltName=${names}`],
                ...["-keyout", key, "-out", certificate],
            ],
            { stdio: "pipe" },
        );
        return { certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
