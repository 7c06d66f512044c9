import type { StackConfig } from "./schema";
import { reservedProblems } from "./managedEnv";
import { envTiers } from "../secrets/settings";
import type { Rule } from "../fields/rule";
import { issue } from "../fields/issue";

/** Conditions on what processes find in their environment: no password in plain text, no second place for a setting, no half of a pair. */
export const environmentRules: readonly Rule<StackConfig, "openai" | "openaiApiKey">[] = [
    ({ proxy }) =>
        (["http", "https"] as const).map(
            (scheme) =>
                new URL(proxy?.[scheme] ?? "http://none").password !== "" &&
                issue(
                    `proxy.${scheme}`,
                    "holds a password in plain text. Leave it out here, and set HTTP_PROXY and HTTPS_PROXY in keep:secretEnv",
                ),
        ),
    ...envTiers.map((tier) => (config: StackConfig) => {
        const settings = config[tier];
        return "env" in settings ? reservedProblems(tier, Object.keys(settings.env), [tier, "env"]) : [];
    }),
    ...envTiers.map((tier) => (config: StackConfig) => {
        const settings = config[tier];
        return Object.entries("env" in settings ? settings.env : {}).map(
            ([name, value]) =>
                typeof value === "string" &&
                hasPassword(value) &&
                issue([tier, "env", name], "contains a password in plain text. Move it to keep:secretEnv"),
        );
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

/** Whether a text is an address with a password. One that Kubernetes fills in, such as $(PASSWORD), is not in the text. */
function hasPassword(text: string): boolean {
    const password = URL.canParse(text) ? new URL(text).password : "";
    return password !== "" && !password.startsWith("$(");
}
