import assert from "node:assert/strict";

import { secretKeys } from "../../components/secrets/settings";
import { accepts } from "../support/refusals";

describe("the secret settings of a stack", () => {
    accepts({
        "a URL of PostgreSQL for each driver": {
            database: { kind: "external", engine: "postgres" },
            databaseUrl: "postgresql+psycopg://keep:p@db/keep",
        },
        "API keys with blanks, which Keep strips": { apiKeys: "one:admin:masked-1, two:noc:masked-2" },
        "a URL of MySQL": {
            database: { kind: "external", engine: "mysql" },
            databaseUrl: "mysql+mysqlconnector://keep:p@db/keep",
        },
        "a URL of PostgreSQL with several hosts": {
            database: { kind: "external", engine: "postgres" },
            databaseUrl: "postgresql://me@corp:p/w@/keep?host=a.example.com:5432&host=[2001:db8::1]:5433",
        },
        "a URL of PostgreSQL with an address in brackets": {
            database: { kind: "external", engine: "postgres" },
            databaseUrl: "postgresql+psycopg2://keep:100%@[2001:db8::10]:5433/keep?sslmode=require",
        },
        "several API keys": { apiKeys: "a:admin:x,b-2:noc:y,c:webhook:z,d:workflowrunner:w" },
        "providers by name": { providers: '{"mine":{"type":"mock","authentication":{}}}' },
        "a provider without authentication, of several parts": {
            providers: '{"mine":{"type":"mock","install_webhook":false,"description":"Mine"}}',
        },
        "a deduplication rule of each provider, of which one has a field alert of its own": {
            providers: JSON.stringify({
                mine: {
                    type: "mock",
                    deduplication_rules: { one: { fingerprint_fields: ["name", "labels.instance"] } },
                },
                site: {
                    type: "pingdom",
                    deduplication_rules: {
                        two: {
                            description: "",
                            fingerprint_fields: ["alert.check_name"],
                            full_deduplication: true,
                            ignore_fields: ["lastReceived"],
                        },
                    },
                },
                other: { type: "mock", deduplication_rules: {} },
            }),
        },
        "a database password of one's own": { database: { kind: "mysql" }, databasePassword: "1 p@ss" },
        "a first user's password": { firstUserPassword: "p" },
    });

    for (const [key, { example, message }] of Object.entries(secretKeys)) {
        it(`are refused when keep:${key} is empty`, () => {
            assert.match(message("") ?? "", /^is (empty|not a JSON object)/);
        });

        if (key !== "providers" && key !== "secretEnv") {
            for (const end of ["\n", "\r\n", "\0", "\t", "\u0085"]) {
                it(`are refused when keep:${key} contains ${JSON.stringify(end)}`, () => {
                    assert.equal(
                        message(`${example}${end}`),
                        "contains a line break, another control character or half of a Unicode character. Set it again without it",
                    );
                });
            }
        }
    }

    for (const key of ["elasticsearchApiKey", "oktaApiToken", "openaiApiKey"] as const) {
        it(`are refused when a header cannot contain them: keep:${key}`, () => {
            for (const value of ["sk-a ", " sk-a", "sk-a b", "sk-\u200ba", "sk-ü"]) {
                assert.match(secretKeys[key].message(value) ?? "", /^contains whitespace or characters outside ASCII/);
            }
        });
    }

    it("are refused with quotes around a key in a header, but not with quotes in it", () => {
        const { message } = secretKeys.openaiApiKey;
        for (const value of ['"sk-a"', "'sk-a'"]) {
            assert.match(message(value) ?? "", /^has quotes around it/);
        }
        assert.equal(message('sk-a"b'), undefined);
    });

    it("are refused as the key of Elasticsearch without its id", () => {
        const { message } = secretKeys.elasticsearchApiKey;
        assert.match(message("ui2lp2axTNmsyakw9tvNnw") ?? "", /^is id:key or the key alone/);
        assert.equal(message("essu_VnVhQ2ZHY0JDZGJr"), undefined);
    });

    it("may be JSON of several lines, with line ends in values, but no NUL", () => {
        const { providers, secretEnv } = secretKeys;
        assert.equal(providers.message('{\n  "mine": {"type": "mock", "key": "a\\nb"}\n}\n'), undefined);
        assert.equal(secretEnv.message('{\n  "backend": {"PEM": "a\\nb"}\n}\n'), undefined);
        assert.match(secretEnv.message('{"backend": {"PEM": "a\\u0000b"}}') ?? "", /NUL character: backend\.PEM\./);
    });

    it("are named when they are no text", () => {
        const fault = secretKeys.secretEnv.message('{"backend": {"SMTP_PORT": 587, "B": "x"}, "worker": {"A": null}}');
        assert.match(
            fault ?? "",
            /^has values that are not text, .*: backend\.SMTP_PORT, worker\.A\. Write each as text/,
        );
        assert.match(secretKeys.secretEnv.message('{"api": {"A": 1}}') ?? "", /^is not a JSON object of tiers/);
    });

    it("have an example of the right form each", () => {
        for (const [key, { example, message }] of Object.entries(secretKeys)) {
            assert.equal(message(example), undefined, key);
        }
    });
});
