import type { ElasticsearchConfig } from "./settings";
import type { Rule } from "../fields/rule";
import { issue } from "../fields/issue";

/** Conditions on Elasticsearch: how Keep signs in there, if at all. */
export const elasticsearchRules: readonly Rule<
    { readonly elasticsearch?: ElasticsearchConfig | undefined },
    "elasticsearchApiKey" | "elasticsearchPassword"
>[] = [
    ({ elasticsearch }, has) => {
        const keys = (["elasticsearchPassword", "elasticsearchApiKey"] as const).filter(has);
        if (elasticsearch === undefined) {
            return keys.map((key) =>
                issue(key, "is set, but keep:elasticsearch is not given. Remove it, or set keep:elasticsearch.hosts"),
            );
        }
        const { user, passwordSecret, apiKeySecret } = elasticsearch;
        const hasPassword = has("elasticsearchPassword") || passwordSecret !== undefined;
        const hasApiKey = has("elasticsearchApiKey") || apiKeySecret !== undefined;
        return [
            user !== undefined &&
                !hasPassword &&
                issue(
                    "elasticsearch.user",
                    "comes without a password. Set keep:elasticsearchPassword, or keep:elasticsearch.passwordSecret",
                    { value: user, secretKey: "elasticsearchPassword" },
                ),
            user === undefined &&
                hasPassword &&
                issue(
                    "elasticsearch.user",
                    "is missing, but there is a password. Name the user, or remove the password",
                ),
            hasPassword &&
                hasApiKey &&
                issue(
                    "elasticsearch",
                    "has both a password and an API key, of which Keep would use the password only. Keep one of them",
                ),
            has("elasticsearchPassword") &&
                passwordSecret !== undefined &&
                issue("elasticsearch.passwordSecret", "is given beside keep:elasticsearchPassword. Keep one of them"),
            has("elasticsearchApiKey") &&
                apiKeySecret !== undefined &&
                issue("elasticsearch.apiKeySecret", "is given beside keep:elasticsearchApiKey. Keep one of them"),
        ];
    },
];
