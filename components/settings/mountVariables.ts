import { issue, type Issue } from "../fields/issue";
import { mountVariables } from "../fields/kubernetes/containerReferences";
import { ifReadable } from "../fields/readable";
import { type EnvTier, envTiers, type SecretEnv } from "../secrets/settings";
import { reservedEnv } from "./managedEnv";
import type { StackConfig } from "./schema";

/**
 * Issues for mounts of a tier with a variable in subPathExpr that its container does not have. Variables of the program
 * count, because some depend on other settings. With envFrom, the names are unknown.
 */
export function mountVariableIssues(secretEnv: SecretEnv, config: Partial<Pick<StackConfig, EnvTier>>): Issue[] {
    return envTiers.flatMap((tier) => ifReadable(() => issuesOf(tier, secretEnv, config[tier])) ?? []);
}

function issuesOf(tier: EnvTier, secretEnv: SecretEnv, settings: StackConfig[EnvTier] | undefined): Issue[] {
    if (settings === undefined || !("env" in settings) || settings.envFrom.length > 0) {
        return [];
    }
    const given = [settings.env, secretEnv[tier] ?? {}, reservedEnv[tier]];
    return mountVariables(settings.volumeMounts)
        .filter(({ variable }) => !given.some((env) => Object.hasOwn(env, variable)))
        .map(({ index, variable }) =>
            issue(
                [tier, "volumeMounts", String(index), "subPathExpr"],
                `contains $(${variable}), but the ${tier} has no such variable. Add it to keep:${tier}.env, or correct the name`,
                { value: settings.volumeMounts[index]?.subPathExpr },
            ),
        );
}
