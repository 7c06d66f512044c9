import type { KeepConfig } from "./resolve";
import { envTiers } from "../secrets/settings";

/**
 * What the user should know of `envFrom`: a container's own variables take precedence over it
 * (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables), and the keys of a Secret
 * are not known here. Undefined without `envFrom`.
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
        : `${keys.join(", ")}: variables that this program sets, such as KEEP_JWT_SECRET, are not read from there. Name your Secrets for these in keep:existingSecrets (docs/security.md)`;
}
