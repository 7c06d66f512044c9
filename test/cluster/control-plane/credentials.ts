import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";

/** Files by which the control plane's programs, and we, know each other; thrown away with the run's folder. */
export interface Credentials {
    readonly tokenFile: string;
    readonly serviceAccountKey: string;
    readonly serviceAccountPublicKey: string;
    /** Writes the kubeconfig, once the API server has made its certificate. */
    writeKubeconfig(server: string, certificateAuthority: string): string;
}

/** Makes a key for service account tokens and one administrator, who is also what the controllers act as. */
export function createCredentials(folder: string): Credentials {
    const token = randomBytes(24).toString("hex");
    const file = (name: string, content: string) => {
        const written = path.join(folder, name);
        writeFileSync(written, content, { mode: 0o600 });
        return written;
    };
    const { privateKey, publicKey } = generateKeyPairSync("rsa", {
        modulusLength: 2048,
        privateKeyEncoding: { type: "pkcs1", format: "pem" },
        publicKeyEncoding: { type: "spki", format: "pem" },
    });
    return {
        tokenFile: file("tokens.csv", `${token},admin,admin,system:masters\n`),
        serviceAccountKey: file("service-account.key", privateKey),
        serviceAccountPublicKey: file("service-account.pub", publicKey),
        writeKubeconfig(server, certificateAuthority) {
            return file(
                "kubeconfig",
                JSON.stringify({
                    apiVersion: "v1",
                    kind: "Config",
                    "current-context": "test",
                    contexts: [{ name: "test", context: { cluster: "test", user: "admin" } }],
                    clusters: [{ name: "test", cluster: { server, "certificate-authority": certificateAuthority } }],
                    users: [{ name: "admin", user: { token } }],
                }),
            );
        },
    };
}
