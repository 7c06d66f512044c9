import { reservedProblems } from "./managedEnv";
import { envTiers } from "../secrets/settings";
import { type Rule, rule } from "./rule";

/** Conditions on what processes find in their environment: no password in plain text, no second place for a setting, no half of a pair. */
export const environmentRules: readonly Rule[] = [
    rule(["proxy"], ({ proxy }) =>
        (["http", "https"] as const).map(
            (scheme) =>
                new URL(proxy?.[scheme] ?? "http://none").password !== "" && {
                    key: `keep:proxy.${scheme}`,
                    message:
                        "holds a password in plain text. Leave it out here, and set HTTP_PROXY and HTTPS_PROXY in keep:secretEnv",
                },
        ),
    ),
    rule(envTiers, (config) =>
        envTiers.flatMap((tier) => {
            const settings = config[tier];
            return "env" in settings ? reservedProblems(tier, Object.keys(settings.env), `keep:${tier}.env`) : [];
        }),
    ),
    rule(["openai"], (_config, has) => [
        has("openai") &&
            !has("openaiApiKey") && {
                key: "keep:openai",
                message: "is given without a key. Set keep:openaiApiKey with pulumi config set --secret, or remove it",
            },
    ]),
];
