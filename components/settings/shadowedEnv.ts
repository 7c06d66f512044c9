import type { KeepConfig } from "./resolve";
import { envTiers } from "../secrets/settings";

/**
 * A note about `envFrom`; undefined without it. A container's `env` takes precedence over `envFrom`
 * (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables), and the
 * program does not know the keys of a Secret.
 */
export function shadowedEnvNote(config: KeepConfig): string | undefined {
    const keys = envTiers
        .filter((tier) => {
            const settings = config[tier];
            return "envFrom" in settings && settings.envFrom.length > 0;
        })
        .map((tier) => `keep:${tier}.envFrom`);
    return keys.length === 0
        ? undefined
        : `${keys.join(", ")}: variables that the program sets, such as KEEP_JWT_SECRET, take precedence. To use your Secrets for these, set keep:existingSecrets (docs/security.md)`;
}
