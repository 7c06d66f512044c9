import { accepts, refuses } from "../support/refusals";

const hosts = ["https://elastic.example.com:9200"];
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
            'keep:elasticsearch.hosts.0 ("https://me:pw@elastic.example.com:9200") is not the address of a node. Write scheme, host and port, such as https://elastic.example.com:9200; user and password have their own keys.',
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
