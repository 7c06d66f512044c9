import assert from "node:assert/strict";

import { deployKeep, type Written } from "./support/config";
import { envOf, mainContainer, podOf } from "./support/objects";
import { accepts } from "./support/refusals";

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
describe("the way to Elasticsearch", () => {
    accepts({
        "several nodes, below a path": {
            elasticsearch: { hosts: ["http://a:9200/search", "http://b:9200/search"], indexSuffix: "team.a_1" },
        },
        "a user with a password": { elasticsearch: { hosts, user: "keep" }, elasticsearchPassword: "p" },
        "an API key": { elasticsearch: { hosts }, elasticsearchApiKey: "k" },
        "users of Keycloak in Keep's own tenant": {
            elasticsearch: { hosts },
            auth: { kind: "keycloak", clientId: "keep", url: "https://kc.example.com", realm: "r", adminUser: "a" },
            authClientSecret: "s",
            keycloakAdminPassword: "p",
        },
    });
});
