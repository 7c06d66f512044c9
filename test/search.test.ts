import assert from "node:assert/strict";

import { deployKeep, type Written } from "./support/config";
import { envOf, mainContainer, podOf } from "./support/objects";
import { accepts, refuses } from "./support/refusals";

const base: Written = { database: { kind: "postgres" }, redis: { kind: "bundled" } };
const hosts = ["https://a.example.com:9200", "https://b.example.com:9200"];

/** What a tier is told of Elasticsearch. */
function told(resources: Parameters<typeof mainContainer>[0], tier: string): Record<string, string> {
    const entries = Object.entries(envOf(mainContainer(resources, tier)));
    return Object.fromEntries(entries.filter(([name]) => name.startsWith("ELASTIC_")));
}

describe("Elasticsearch", () => {
    it("is found by API, workers and setup, each release in an index of its own", async () => {
        const { resources, one } = await deployKeep({
            ...base,
            namespace: { name: "monitoring" },
            elasticsearch: { hosts, user: "keep" },
            elasticsearchPassword: "theirs",
        });

        for (const tier of ["backend", "worker", "setup"]) {
            assert.deepEqual(told(resources, tier), {
                ELASTIC_ENABLED: "true",
                ELASTIC_HOSTS: "https://a.example.com:9200,https://b.example.com:9200",
                ELASTIC_INDEX_SUFFIX: "monitoring-keep",
                ELASTIC_USER: "keep",
                ELASTIC_PASSWORD: "Secret keep.elasticsearch/password",
                ELASTIC_VERIFY_CERTS: "true",
            });
        }
        assert.deepEqual(one("Secret", "keep.elasticsearch").inputs.stringData, { password: "theirs" });
        assert.deepEqual(told(resources, "frontend"), {});
    });

    it("takes an API key, or credentials that exist already", async () => {
        const withKey = await deployKeep({
            ...base,
            elasticsearch: { hosts, indexSuffix: "mine", verifyCerts: false },
            elasticsearchApiKey: "a2V5",
        });
        const existing = await deployKeep({
            ...base,
            elasticsearch: { hosts, apiKeySecret: { name: "elastic", key: "key" } },
        });

        const { ELASTIC_API_KEY, ELASTIC_INDEX_SUFFIX, ELASTIC_VERIFY_CERTS } = told(withKey.resources, "worker");
        assert.deepEqual(
            [ELASTIC_API_KEY, ELASTIC_INDEX_SUFFIX, ELASTIC_VERIFY_CERTS],
            ["Secret keep.elasticsearch/api-key", "mine", "false"],
        );
        assert.equal(told(existing.resources, "worker").ELASTIC_API_KEY, "Secret elastic/key");
        assert.equal(
            existing.all("Secret").some(({ physicalName }) => physicalName === "keep.elasticsearch"),
            false,
        );
    });

    it("restarts its users when its credentials change", async () => {
        const mark = async (elasticsearchApiKey: string) => {
            const written = { ...base, elasticsearch: { hosts }, elasticsearchApiKey };
            return podOf((await deployKeep(written)).resources, "worker").annotations["keep.pulumi/secrets"];
        };

        assert.equal(await mark("a"), await mark("a"));
        assert.notEqual(await mark("a"), await mark("b"));
    });
});

const reference = { name: "elastic", key: "secret" };

describe("the way to Elasticsearch", () => {
    refuses({
        "no node": [{ elasticsearch: { hosts: [] } }, "keep:elasticsearch.hosts ([]) is empty. Name a node."],
        "a node without a port": [
            { elasticsearch: { hosts: ["https://elastic.example.com"] } },
            'keep:elasticsearch.hosts.0 ("https://elastic.example.com") is not the address of a node. Write scheme, host and port, such as https://elastic.example.com:9200; user and password have their own keys.',
        ],
        "a node with a password": [
            { elasticsearch: { hosts: ["https://me:pw@elastic.example.com:9200"] } },
            'keep:elasticsearch.hosts.0 ("https://…@elastic.example.com:9200") is not the address of a node. Write scheme, host and port, such as https://elastic.example.com:9200; user and password have their own keys.',
        ],
        "an index that Elasticsearch would refuse": [
            { elasticsearch: { hosts, indexSuffix: "Alerts" } },
            'keep:elasticsearch.indexSuffix ("Alerts") is not the end of an index\'s name. Use lower-case letters, digits, dashes, dots and underscores.',
        ],
        "a user without a password": [
            { elasticsearch: { hosts, user: "keep" } },
            'keep:elasticsearch.user ("keep") comes without a password. Set keep:elasticsearchPassword, or keep:elasticsearch.passwordSecret. Run: pulumi config set --secret keep:elasticsearchPassword',
        ],
        "a password without a user": [
            { elasticsearch: { hosts }, elasticsearchPassword: "p" },
            "keep:elasticsearch.user is missing, but there is a password. Name the user, or remove the password.",
        ],
        "two passwords": [
            { elasticsearch: { hosts, user: "keep", passwordSecret: reference }, elasticsearchPassword: "p" },
            "keep:elasticsearch.passwordSecret is given beside keep:elasticsearchPassword. Keep one of them.",
        ],
        "two API keys": [
            { elasticsearch: { hosts, apiKeySecret: reference }, elasticsearchApiKey: "k" },
            "keep:elasticsearch.apiKeySecret is given beside keep:elasticsearchApiKey. Keep one of them.",
        ],
        "a password and an API key": [
            { elasticsearch: { hosts, user: "keep", passwordSecret: reference, apiKeySecret: reference } },
            "keep:elasticsearch has both a password and an API key, of which Keep would use the password only. Keep one of them.",
        ],
        "credentials for nothing": [
            { elasticsearchPassword: "p", elasticsearchApiKey: "k" },
            "keep:elasticsearchPassword is set, but keep:elasticsearch is not given. Remove it, or set keep:elasticsearch.hosts.",
            "keep:elasticsearchApiKey is set, but keep:elasticsearch is not given. Remove it, or set keep:elasticsearch.hosts.",
        ],
    });

    accepts({
        "several nodes, below a path": {
            elasticsearch: { hosts: ["http://a:9200/search", "http://b:9200/search"], indexSuffix: "team.a_1" },
        },
        "a user with a password": { elasticsearch: { hosts, user: "keep" }, elasticsearchPassword: "p" },
        "an API key": { elasticsearch: { hosts }, elasticsearchApiKey: "k" },
    });
});
