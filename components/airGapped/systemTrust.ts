import { IMAGE_ENV } from "../environment";
import { apiImage, type ApiImageSettings } from "../fields/images";
import { container } from "../kubernetes/pod";

const SYSTEM_DIR = "/etc/ssl/certs";
/** Certificates that Keep's image trusts (Alpine's package ca-certificates, which Python's image brings). */
export const SYSTEM_BUNDLE = `${SYSTEM_DIR}/ca-certificates.crt`;
/** Name of the volume and of the container that give these certificates to another image. */
const SYSTEM_TRUST = "system-trust";

/**
 * Copies the certificates that Keep's image trusts for a container of another image, such as those of databases, which contain none.
 * Clients of the container find them at the same path, and OpenSSL by its variable.
 */
export function systemTrust(config: ApiImageSettings) {
    const mount = { name: SYSTEM_TRUST, mountPath: SYSTEM_DIR, readOnly: true };
    const copy = "/system-trust";
    return {
        initContainer: container({
            name: SYSTEM_TRUST,
            image: apiImage(config),
            pullPolicy: config.images.pullPolicy,
            command: ["cp", SYSTEM_BUNDLE, copy],
            env: IMAGE_ENV,
            resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "1", memory: "64Mi" } },
            mounts: [{ name: SYSTEM_TRUST, mountPath: copy }],
        }),
        volume: { name: SYSTEM_TRUST, emptyDir: { sizeLimit: "4Mi" } },
        mount,
        env: { SSL_CERT_FILE: SYSTEM_BUNDLE },
    };
}
