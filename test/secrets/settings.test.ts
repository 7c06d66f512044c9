import assert from "node:assert/strict";

import { secretKeys } from "../../components/secrets/settings";
import { accepts, refuses } from "../support/refusals";

describe("the secret settings of a stack", () => {
    refuses({
        "a database URL of MariaDB": [
            { database: { kind: "external", engine: "mysql" }, databaseUrl: "mariadb+pymysql://keep:hunter2@db/keep" },
            "keep:databaseUrl points at MariaDB, where Keep's migrations fail. Use MySQL 8.0 or later, or PostgreSQL.",
        ],
        "a database URL without a driver of Keep's": [
            { database: { kind: "external", engine: "mysql" }, databaseUrl: "mysql://keep:hunter2@db/keep" },
            "keep:databaseUrl is not an SQLAlchemy URL that Keep's image has a driver for. Begin it with postgresql+psycopg2:// or mysql+pymysql://.",
        ],
        "a database URL of an old name": [
            { database: { kind: "external", engine: "postgres" }, databaseUrl: "postgres://keep:hunter2@db/keep" },
            "keep:databaseUrl is not an SQLAlchemy URL that Keep's image has a driver for. Begin it with postgresql+psycopg2:// or mysql+pymysql://.",
        ],
        "API keys without a role": [
            { apiKeys: "webhook:hunter2" },
            "keep:apiKeys is not a list of name:role:secret, separated by commas. Use lower-case names, the roles admin, noc, webhook or workflowrunner, and secrets without colons.",
        ],
        "API keys with an unknown role": [
            { apiKeys: "webhook:owner:hunter2" },
            "keep:apiKeys is not a list of name:role:secret, separated by commas. Use lower-case names, the roles admin, noc, webhook or workflowrunner, and secrets without colons.",
        ],
        "an API key whose secret has a colon, at which Keep would split it": [
            { apiKeys: "a:admin:hunter2:more" },
            "keep:apiKeys is not a list of name:role:secret, separated by commas. Use lower-case names, the roles admin, noc, webhook or workflowrunner, and secrets without colons.",
        ],
        "an encrypted empty password, which is no default": [
            { firstUserPassword: "" },
            "keep:firstUserPassword is empty. Give it a value, or remove it.",
        ],
        "API keys one of which is wrong": [
            { apiKeys: "a:admin:hunter2,B:admin:hunter3" },
            "keep:apiKeys is not a list of name:role:secret, separated by commas. Use lower-case names, the roles admin, noc, webhook or workflowrunner, and secrets without colons.",
        ],
        "providers that are no JSON": [
            { providers: "hunter2" },
            'keep:providers is not a JSON object of providers. Write {"name": {"type": "…", "authentication": {…}}}.',
        ],
        "providers that are a list": [
            { providers: '[{"type":"hunter2"}]' },
            'keep:providers is not a JSON object of providers. Write {"name": {"type": "…", "authentication": {…}}}.',
        ],
        "providers without a type": [
            { providers: '{"mine":{"authentication":{"password":"hunter2"}}}' },
            'keep:providers is not a JSON object of providers. Write {"name": {"type": "…", "authentication": {…}}}.',
        ],
        "a provider that is text": [
            { providers: '{"mine":"hunter2"}' },
            'keep:providers is not a JSON object of providers. Write {"name": {"type": "…", "authentication": {…}}}.',
        ],
        "a websocket's secret that begins with a digit": [
            {
                websocket: { kind: "external", host: "push.example.com", appId: "1", appKey: "k" },
                pusherSecret: "1hunter",
            },
            "keep:pusherSecret does not begin with a letter, or contains whitespace. Soketi would misread it: use a secret that begins with a letter.",
        ],
        "a websocket's secret with blanks": [
            {
                websocket: { kind: "external", host: "push.example.com", appId: "1", appKey: "k" },
                pusherSecret: "a hunter",
            },
            "keep:pusherSecret does not begin with a letter, or contains whitespace. Soketi would misread it: use a secret that begins with a letter.",
        ],
    });

    accepts({
        "a URL of PostgreSQL for each driver": {
            database: { kind: "external", engine: "postgres" },
            databaseUrl: "postgresql+psycopg://keep:p@db/keep",
        },
        "a URL of MySQL": {
            database: { kind: "external", engine: "mysql" },
            databaseUrl: "mysql+mysqlconnector://keep:p@db/keep",
        },
        "several API keys": { apiKeys: "a:admin:x,b-2:noc:y,c:webhook:z,d:workflowrunner:w" },
        "providers by name": { providers: '{"mine":{"type":"mock","authentication":{}}}' },
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
                        "contains a line end or another control character. Set it again without",
                    );
                });
            }
        }
    }

    it("may be JSON of several lines, with line ends in values, but no NUL", () => {
        const { providers, secretEnv } = secretKeys;
        assert.equal(providers.message('{\n  "mine": {"type": "mock", "key": "a\\nb"}\n}\n'), undefined);
        assert.equal(secretEnv.message('{\n  "backend": {"PEM": "a\\nb"}\n}\n'), undefined);
        assert.match(secretEnv.message('{"backend": {"PEM": "a\\u0000b"}}') ?? "", /^is not a JSON object/);
    });

    it("have an example of the right form each", () => {
        for (const [key, { example, message }] of Object.entries(secretKeys)) {
            assert.equal(message(example), undefined, key);
        }
    });
});
