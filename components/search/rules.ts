import { type Rule, rule } from "../settings/rule";

/** Conditions on Elasticsearch: how Keep signs in there, if at all. */
export const elasticsearchRules: readonly Rule[] = [
    rule(["elasticsearch"], ({ elasticsearch }, has) => {
        const keys = (["elasticsearchPassword", "elasticsearchApiKey"] as const).filter(has);
        if (elasticsearch === undefined) {
            return keys.map((key) => ({
                key: `keep:${key}`,
                message: "is set, but keep:elasticsearch is not given. Remove it, or set keep:elasticsearch.hosts",
            }));
        }
        const { user, passwordSecret, apiKeySecret } = elasticsearch;
        const hasPassword = has("elasticsearchPassword") || passwordSecret !== undefined;
        const hasApiKey = has("elasticsearchApiKey") || apiKeySecret !== undefined;
        return [
            user !== undefined &&
                !hasPassword && {
                    key: "keep:elasticsearch.user",
                    value: user,
                    message:
                        "comes without a password. Set keep:elasticsearchPassword with pulumi config set --secret, or keep:elasticsearch.passwordSecret",
                },
            user === undefined &&
                hasPassword && {
                    key: "keep:elasticsearch.user",
                    message: "is missing, but there is a password. Name the user, or remove the password",
                },
            hasPassword &&
                hasApiKey && {
                    key: "keep:elasticsearch",
                    message:
                        "has both a password and an API key, of which Keep would use the password only. Keep one of them",
                },
            has("elasticsearchPassword") &&
                passwordSecret !== undefined && {
                    key: "keep:elasticsearch.passwordSecret",
                    message: "is given beside keep:elasticsearchPassword. Keep one of them",
                },
            has("elasticsearchApiKey") &&
                apiKeySecret !== undefined && {
                    key: "keep:elasticsearch.apiKeySecret",
                    message: "is given beside keep:elasticsearchApiKey. Keep one of them",
                },
        ];
    }),
];
