import type { StackConfig } from "./schema";
import { ownerOf, reservedIssues } from "./managedEnv";
import { PROCESS_TIERS } from "../component";
import { type EnvTier, envTiers } from "../secrets/settings";
import { hasLater } from "../tokens";
import type { Rule } from "../fields/rule";
import { issue, type Issue } from "../fields/issue";
import { lengthFault, totalLengthFault } from "../fields/variable";
import { valueFault } from "./managedEnv/values";

/**
 * Conditions on environment variables: no variables that settings set, no values that Keep cannot read, no incomplete
 * settings.
 */
export const environmentRules: readonly Rule<StackConfig, "openai" | "openaiApiKey">[] = [
    ...envTiers.map((tier) => (config: StackConfig) => {
        const settings = config[tier];
        return "env" in settings
            ? [
                  ...reservedIssues(tier, Object.keys(settings.env), [tier, "env"], config),
                  ...lengthIssues(tier, settings.env),
                  ...valueIssues(tier, settings.env),
              ]
            : [];
    }),
    ({ secretStore, ...config }) =>
        PROCESS_TIERS.map((tier) => {
            const value = config[tier].env.DATABASE_ECHO;
            return (
                secretStore.kind === "database" &&
                typeof value === "string" &&
                /^(true|1)$/i.test(value) &&
                issue(
                    [tier, "env", "DATABASE_ECHO"],
                    "logs every SQL statement with its values, and secretStore.kind database stores the credentials of providers there. Remove it, or choose another store",
                    { value },
                )
            );
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

/** Issues of values that Keep cannot read, or reads as something else. A variable that a setting decides has its own. */
function valueIssues(tier: EnvTier, env: Readonly<Record<string, unknown>>): (Issue | false)[] {
    return Object.entries(env).map(([name, value]) => {
        const known = typeof value === "string" && !hasLater(value) && ownerOf(tier, name) === undefined;
        const fault = known ? valueFault(tier, name, value) : undefined;
        return fault !== undefined && issue([tier, "env", name], fault, { value });
    });
}
