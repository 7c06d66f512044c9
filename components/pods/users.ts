import { containerFields } from "./container";
import { levelOf, type PodSecuritySettings } from "./security";
import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { type EnvTier, envTiers } from "../secrets/settings";

/** Conditions on the user ids of a user's containers. */
export const userRules: readonly Rule<PodSecuritySettings>[] = envTiers.map(
    (tier) => (config) => userIssues(tier, config),
);

/**
 * Issues of user ids that OpenShift rejects: its SecurityContextConstraints restricted-v2 require one of the range of
 * the namespace (MustRunAsRange). Other ones can be granted to an account, which then has a name that the user gave.
 * Root is an issue in all clusters: the kubelet starts no container of a pod with runAsNonRoot as root, unless the
 * container sets it to false (pkg/kubelet/kuberuntime/security_context_others.go, verifyRunAsNonRoot).
 */
function userIssues(tier: EnvTier, config: PodSecuritySettings): (Issue | false)[] {
    const additions = config[tier];
    if (!("sidecars" in additions)) {
        return [];
    }
    const ownAccount = additions.serviceAccount === undefined ? "serviceAccount" : `${tier}.serviceAccount`;
    const { name } = additions.serviceAccount ?? config.serviceAccount;
    const isAssigned = config.platform === "openshift" && name === undefined;
    const isRestricted = levelOf(config) === "restricted";
    return (["initContainers", "sidecars"] as const).flatMap((field) =>
        additions[field].map((container, index) => {
            const { runAsNonRoot, runAsUser } = containerFields.parse(container).securityContext ?? {};
            const path = [tier, field, String(index), "securityContext", "runAsUser"];
            return isAssigned && typeof runAsUser === "number"
                ? issue(
                      path,
                      `is rejected by OpenShift, which assigns the user ids of pods. Remove it; or name an account in keep:${ownAccount}.name that may use other SecurityContextConstraints`,
                      { value: runAsUser },
                  )
                : runAsUser === 0 &&
                      runAsNonRoot !== false &&
                      !isRestricted &&
                      issue(
                          path,
                          "is root, and the kubelet starts no root container in these pods, which have runAsNonRoot. Also set runAsNonRoot to false in this container",
                          { value: runAsUser },
                      );
        }),
    );
}
