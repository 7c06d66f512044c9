import { accepts, refuses } from "../support/refusals";

describe("what processes find in their environment", () => {
    refuses({
        "names that no variable can have": [
            { backend: { env: { "A=B": "x", "": "x" } }, secretEnv: { frontend: { "A B": "x" } } },
            'keep:backend.env ("A=B") is not a name of a variable. Use letters, digits, dashes, dots and underscores, not beginning with a digit.',
            'keep:backend.env ("") is not a name of a variable. Use letters, digits, dashes, dots and underscores, not beginning with a digit.',
            'keep:secretEnv.frontend ("A B") is not a name of a variable. Use letters, digits, dashes, dots and underscores, not beginning with a digit.',
        ],
        "switches that rules look at, hidden in the secret environment": [
            {
                consumer: { enabled: true },
                database: { kind: "postgres" },
                secretEnv: {
                    backend: { KEEP_NO_AUTH_METRICS: "true", KEEP_TOPOLOGY_PROCESSOR: "true" },
                    worker: { CONSUMER: "true" },
                    consumer: { CONSUMER: "true" },
                },
            },
            "keep:secretEnv.backend.KEEP_NO_AUTH_METRICS is no secret, and its value must be known. Move it to keep:backend.env.",
            "keep:secretEnv.backend.KEEP_TOPOLOGY_PROCESSOR is no secret, and its value must be known. Move it to keep:backend.env.",
            "keep:secretEnv.consumer.CONSUMER is decided by keep:consumer.enabled. Remove it here, and change it there if need be.",
            "keep:secretEnv.worker.CONSUMER is no secret, and its value must be known. Move it to keep:worker.env.",
        ],
        "one name in plain and in secret environment": [
            { backend: { env: { TEAM: "a" } }, secretEnv: { backend: { TEAM: "b" }, frontend: { TEAM: "c" } } },
            "keep:secretEnv.backend.TEAM is also in keep:backend.env. Remove it from one of the two.",
        ],
        "a model without a key for it": [
            { openai: { model: "gpt-5" } },
            "keep:openai is given without a key. Set keep:openaiApiKey, or remove it. Run: pulumi config set --secret keep:openaiApiKey",
        ],
        "passwords of both proxies in plain text": [
            { proxy: { http: "http://:p@proxy:3128", https: "http://me:p@proxy:3128" } },
            "keep:proxy.http holds a password in plain text. Leave it out here, and set HTTP_PROXY and HTTPS_PROXY in keep:secretEnv.",
            "keep:proxy.https holds a password in plain text. Leave it out here, and set HTTP_PROXY and HTTPS_PROXY in keep:secretEnv.",
        ],
    });
    accepts({
        "a model and its key": { openai: { model: "gpt-5" }, openaiApiKey: "k" },
        "a key with the usual model": { openaiApiKey: "k" },
        "a proxy that is told who asks, but no password": { proxy: { http: "http://me@proxy:3128" } },
    });
});
