import { issue, type Issue } from "../fields/issue";
import { ifReadable } from "../fields/readable";
import type { Has } from "../fields/rule";
import type { SecretEnv } from "../secrets/settings";
import type { ProvisionConfig } from "./settings";

const EXISTING = "existingSecrets.providers";

/** The part of the settings that gives content to Keep. */
interface Settings {
    readonly backend?: { readonly env?: object };
    readonly existingSecrets?: { readonly providers?: unknown };
    readonly provision?: Partial<ProvisionConfig>;
}

/**
 * Issues for variables from which Keep would read workflows or providers, beside the setting for them. Keep's start fails
 * if it has both (keep/workflowmanager/workflowstore.py, keep/providers/providers_service.py).
 */
export function otherSourceIssues(secretEnv: SecretEnv, config: Settings, has: Has<"providers">): Issue[] {
    const ofSecret = ifReadable(() => config.existingSecrets?.providers) === undefined ? undefined : EXISTING;
    const sources = [
        {
            variable: "KEEP_WORKFLOW",
            setting: ifReadable(() => config.provision?.workflows) === undefined ? undefined : "provision.workflows",
            fix: "Write the workflow to a file in that directory, and remove the variable",
        },
        {
            variable: "KEEP_PROVIDERS_DIRECTORY",
            setting: has("providers") ? "providers" : ofSecret,
            fix: "Add its providers there, and remove the variable",
        },
    ];
    const envs = [
        { at: ["backend", "env"], env: ifReadable(() => config.backend?.env) },
        { at: ["secretEnv", "backend"], env: secretEnv.backend },
    ];
    return envs.flatMap(({ at, env }) =>
        sources.flatMap(({ variable, setting, fix }) =>
            setting !== undefined && Object.hasOwn(env ?? {}, variable)
                ? [
                      issue(
                          [...at, variable],
                          `cannot be used with keep:${setting}: Keep reads only one of the two. ${fix}`,
                      ),
                  ]
                : [],
        ),
    );
}
