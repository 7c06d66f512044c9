import type { StackConfig } from "./schema";
import { reservedIssues } from "./managedEnv";
import { envTiers } from "../secrets/settings";
import type { Rule } from "../fields/rule";
import { issue } from "../fields/issue";

/** Conditions on environment variables: no variables that settings set, no incomplete settings. */
export const environmentRules: readonly Rule<StackConfig, "openai" | "openaiApiKey">[] = [
    ...envTiers.map((tier) => (config: StackConfig) => {
        const settings = config[tier];
        return "env" in settings ? reservedIssues(tier, Object.keys(settings.env), [tier, "env"]) : [];
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
