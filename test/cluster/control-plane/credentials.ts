import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";

/** Files by which the control plane's programs, and we, know each other; thrown away with the run's folder. */
export interface Credentials {
    readonly tokenFile: string;
    readonly serviceAccountKey: string;
    readonly serviceAccountPublicKey: string;
    /** Writes a user's kubeconfig, once the API server has made its certificate. */
    writeKubeconfig(server: string, certificateAuthority: string, user?: User): string;
}

/** Who may talk to the API server, by a token. */
export interface User {
    readonly name: string;
    readonly group: string;
}

const ADMIN: User = { name: "admin", group: "system:masters" };

/** Makes a key for service account tokens and an administrator, who is also what the controllers act as; and further users. */
export function createCredentials(folder: string, users: readonly User[] = []): Credentials {
    const tokens = new Map([ADMIN, ...users].map((user) => [user, randomBytes(24).toString("hex")]));
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
        tokenFile: file(
            "tokens.csv",
            [...tokens].map(([{ name, group }, token]) => `${token},${name},${name},${group}\n`).join(""),
        ),
        serviceAccountKey: file("service-account.key", privateKey),
        serviceAccountPublicKey: file("service-account.pub", publicKey),
        writeKubeconfig(server, certificateAuthority, user = ADMIN) {
            return file(
                user === ADMIN ? "kubeconfig" : `${user.name.replaceAll(":", ".")}.kubeconfig`,
                JSON.stringify({
                    apiVersion: "v1",
                    kind: "Config",
                    "current-context": "test",
                    contexts: [{ name: "test", context: { cluster: "test", user: user.name } }],
                    clusters: [{ name: "test", cluster: { server, "certificate-authority": certificateAuthority } }],
                    users: [{ name: user.name, user: { token: tokens.get(user) } }],
                }),
            );
        },
    };
}
