import type { StackConfig } from "./schema";
import { reservedProblems } from "./managedEnv";
import { envTiers } from "../secrets/settings";
import type { Rule } from "../fields/rule";
import { issue } from "../fields/issue";

/** Conditions on what processes find in their environment: no second place for a setting, no half of a pair. */
export const environmentRules: readonly Rule<StackConfig, "openai" | "openaiApiKey">[] = [
    ...envTiers.map((tier) => (config: StackConfig) => {
        const settings = config[tier];
        return "env" in settings ? reservedProblems(tier, Object.keys(settings.env), [tier, "env"]) : [];
    }),
    ({ existingSecrets }, has) => [
        has("openai") &&
            !has("openaiApiKey") &&
            existingSecrets.openaiApiKey === undefined &&
            issue("openai", "is given without a key. Set keep:openaiApiKey, or remove it", {
                secretKey: "openaiApiKey",
            }),
    ],
];
