import type { StackConfig } from "./schema";
import { reservedIssues } from "./managedEnv";
import { type EnvTier, envTiers } from "../secrets/settings";
import { hasLater } from "../tokens";
import type { Rule } from "../fields/rule";
import { issue, type Issue } from "../fields/issue";
import { lengthFault, totalLengthFault } from "../fields/variable";
import { frontendValues, processValues, type ValueForm } from "./managedEnv/values";

/** Values that variables take, by tier. */
const VALUES: Readonly<Partial<Record<EnvTier, Readonly<Record<string, ValueForm>>>>> = {
    backend: processValues,
    worker: processValues,
    consumer: processValues,
    frontend: frontendValues,
};

/**
 * Conditions on environment variables: no variables that settings set, no values that Keep cannot
 * read, no incomplete settings. */
export const environmentRules: readonly Rule<StackConfig, "openai" | "openaiApiKey">[] = [
    ...envTiers.map((tier) => (config: StackConfig) => {
        const settings = config[tier];
        return "env" in settings
            ? [
                  ...reservedIssues(tier, Object.keys(settings.env), [tier, "env"]),
                  ...lengthIssues(tier, settings.env),
                  ...valueIssues(tier, settings.env),
              ]
            : [];
    }),
    ({ existingSecrets }, has) => [
        has("openai") &&
            !has("openaiApiKey") &&
            existingSecrets.openaiApiKey === undefined &&
            issue("openai", "has no API key. Set keep:openaiApiKey, or remove it", {
                secretKey: "openaiApiKey",
            }),
    ],
];

/** Issues of variables that are too long, without their values. */
function lengthIssues(tier: string, env: Readonly<Record<string, unknown>>): (Issue | false)[] {
    const total = totalLengthFault(env);
    return [
        ...Object.entries(env).map(([name, value]) => {
            const message = typeof value === "string" ? lengthFault(name, value) : undefined;
            return message !== undefined && issue([tier, "env", name], message);
        }),
        total !== undefined && issue([tier, "env"], total),
    ];
}

/** Issues of values that Keep cannot read, or reads as something else. */
function valueIssues(tier: EnvTier, env: Readonly<Record<string, unknown>>): Issue[] {
    return Object.entries(VALUES[tier] ?? {}).flatMap(([name, { pattern, fault }]) => {
        const value = Object.hasOwn(env, name) ? env[name] : undefined;
        return typeof value === "string" && !isComputed(value) && !pattern.test(value)
            ? [issue([tier, "env", name], fault, { value })]
            : [];
    });
}

/** Whether a value is known later: from an Output, or from a reference of Kubernetes to another variable. */
function isComputed(value: string): boolean {
    return hasLater(value) || value.includes("$(");
}
