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
            "keep:apiKeys is not a list of name:role:secret, separated by commas. Use lower-case names and the roles admin, noc, webhook or workflowrunner.",
        ],
        "API keys with an unknown role": [
            { apiKeys: "webhook:owner:hunter2" },
            "keep:apiKeys is not a list of name:role:secret, separated by commas. Use lower-case names and the roles admin, noc, webhook or workflowrunner.",
        ],
        "API keys one of which is wrong": [
            { apiKeys: "a:admin:hunter2,B:admin:hunter3" },
            "keep:apiKeys is not a list of name:role:secret, separated by commas. Use lower-case names and the roles admin, noc, webhook or workflowrunner.",
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
            "keep:pusherSecret does not begin with a letter, or has blanks. Soketi would misread it: begin it with a letter.",
        ],
        "a websocket's secret with blanks": [
            {
                websocket: { kind: "external", host: "push.example.com", appId: "1", appKey: "k" },
                pusherSecret: "a hunter",
            },
            "keep:pusherSecret does not begin with a letter, or has blanks. Soketi would misread it: begin it with a letter.",
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

    it("have an example of the right form each", () => {
        for (const [key, { example, message }] of Object.entries(secretKeys)) {
            assert.equal(message?.(example), undefined, key);
        }
    });
});
