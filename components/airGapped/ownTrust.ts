import type { TierConfig } from "../tiers/settings";

/** Variables about authorities, for Python and Node, that `keep:extraCa` does not set. */
const VARIABLES = /^(SSL_CERT_DIR|CURL_CA_BUNDLE|NODE_TLS_REJECT_UNAUTHORIZED)$/;
/** Paths at which images have authorities. */
const PATHS = /(^|\/)(ssl|pki|certs|certifi|ca-certificates)(\/|$)|\.(crt|pem)$/i;

/** Settings of a pod that can replace the public authorities which an image trusts. */
export type Trusting = Pick<TierConfig, "env" | "envFrom" | "volumeMounts"> & { readonly image?: string | undefined };

/** Whether a tier may trust other authorities than the public ones, by its image, its variables or its mounts. */
export function hasOwnTrust({ env, envFrom, image, volumeMounts }: Trusting): boolean {
    return (
        image !== undefined ||
        envFrom.length > 0 ||
        Object.keys(env).some((name) => VARIABLES.test(name)) ||
        volumeMounts.some(({ mountPath }) => typeof mountPath !== "string" || PATHS.test(mountPath))
    );
}
