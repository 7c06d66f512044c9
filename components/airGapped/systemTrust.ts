import { IMAGE_ENV } from "../environment";
import { apiImage, type ApiImageSettings } from "../fields/images";
import { container } from "../kubernetes/pod";
import type { TierConfig } from "../tiers/settings";
import { SYSTEM_BUNDLE, SYSTEM_DIR } from "./systemBundle";

/** Name of the volume and of the container that give these certificates to another image. */
const SYSTEM_TRUST = "system-trust";

/** What gives a container certificates; empty if it needs none. */
export type Trust = Pick<TierConfig, "initContainers" | "volumeMounts" | "volumes"> & {
    readonly env: Readonly<Record<string, string>>;
};

/**
 * What a pod needs to give a container of another image the certificates that Keep's image trusts. The images of
 * databases contain none. Clients find them at the same path, and OpenSSL by its variable.
 */
export function systemTrust(config: ApiImageSettings): Trust {
    const copy = "/system-trust";
    return {
        env: { SSL_CERT_FILE: SYSTEM_BUNDLE },
        volumeMounts: [{ name: SYSTEM_TRUST, mountPath: SYSTEM_DIR, readOnly: true }],
        initContainers: [
            container({
                name: SYSTEM_TRUST,
                image: apiImage(config),
                pullPolicy: config.images.pullPolicy,
                command: ["cp", SYSTEM_BUNDLE, copy],
                env: IMAGE_ENV,
                resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "1", memory: "64Mi" } },
                mounts: [{ name: SYSTEM_TRUST, mountPath: copy }],
            }),
        ],
        volumes: [{ name: SYSTEM_TRUST, emptyDir: { sizeLimit: "4Mi" } }],
    };
}
