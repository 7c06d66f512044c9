import assert from "node:assert/strict";

import type { Written } from "../support/config";
import type { End } from "../support/reach";
import { ALL_PORTS, exitsOf, from, pod, PROCESSES, reached } from "./asker";

const internet = { address: "203.0.113.9" };
const place = { address: "10.7.7.7" };
const named = [{ cidr: "10.7.7.7/32" }];

/** The API makes suggestions and reports, and the user interface has the assistant. */
const MODEL = ["backend", "frontend"];
const API_SERVER = [443, 6443, 8443, 16443];

const okta = { kind: "okta", clientId: "c", issuer: "https://team.okta.com/oauth2/default" };
/** Settings with Jobs that connect to the database. */
const JOBS = { retention: { days: 30 }, backup: { kind: "volume" } };

const proxy = { initContainers: [{ name: "proxy", image: "r.example.com/p:1", restartPolicy: "Always" }] };
const namespace = { podSecurity: "baseline" };
const proxied = { namespace, backend: proxy, consumer: { enabled: true, ...proxy }, worker: proxy };

/** What a stack uses outside of its release, where that is, and who must reach it there; nobody reaches anything else. */
const exits: Readonly<Record<string, readonly [Written, End, readonly string[]]>> = {
    "nobody, with everything inside": [{}, internet, []],
    "a Vault at an address": [
        { secretStore: { kind: "vault", address: "http://10.7.7.7:8200", role: "keep" } },
        place,
        from(PROCESSES, 8200),
    ],
    "a Vault by name, at the place that is told": [
        {
            secretStore: { kind: "vault", address: "https://vault.example.com", role: "keep" },
            networkPolicy: { destinations: { secretStore: named } },
        },
        place,
        from(PROCESSES, 443),
    ],
    "AWS's API for secrets": [{ secretStore: { kind: "aws", region: "eu-central-1" } }, internet, from(PROCESSES, 443)],
    "the API server, for Secrets": [
        { secretStore: { kind: "kubernetes" }, networkPolicy: { destinations: { apiServer: named } } },
        place,
        from(PROCESSES, ...API_SERVER),
    ],
    "the API server, for snapshots": [
        {
            backup: { kind: "snapshot", className: "csi" },
            networkPolicy: { destinations: { apiServer: named } },
        },
        place,
        from(["backup"], ...API_SERVER),
    ],
    "the server of dumps, beside a pooler": [
        {
            database: { kind: "external", engine: "postgres", host: "10.6.6.6", port: 6432 },
            databasePassword: "masked",
            backup: { kind: "volume", server: { host: "10.7.7.7" } },
        },
        place,
        from(["backup"], 5432),
    ],
    "a bucket at its cloud": [
        { backup: { kind: "s3", bucket: "dumps", credentials: "s3" } },
        internet,
        from(["backup"], 443),
    ],
    "a websocket server elsewhere": [
        {
            publicUrl: "http://keep.example.com",
            ingress: { kind: "external" },
            websocket: { kind: "external", host: "push.example.com", port: 8443, appId: "1", appKey: "k" },
            pusherSecret: "secret",
        },
        internet,
        from(PROCESSES, 8443),
    ],
    "a database elsewhere on its engine's port": [
        {
            database: { kind: "external", engine: "postgres", host: "db.example.com" },
            databasePassword: "p",
            ...JOBS,
            networkPolicy: { destinations: { database: named } },
        },
        place,
        from(["backend", "backup", "consumer", "retention", "setup", "worker"], 5432),
    ],
    "a database elsewhere on a port of its own": [
        {
            database: { kind: "external", engine: "postgres", host: "10.7.7.7", port: 9999 },
            databasePassword: "p",
        },
        place,
        from(PROCESSES, 9999),
    ],
    "what a proxy of the database in the pods connects to": [
        {
            ...proxied,
            database: { kind: "external", engine: "postgres", host: "127.0.0.1" },
            databasePassword: "p",
            ...JOBS,
        },
        internet,
        from(["backend", "backup", "consumer", "retention", "setup", "worker"], ...ALL_PORTS),
    ],
    "a database whose address is secret, on any port": [
        { database: { kind: "external", engine: "postgres" }, databaseUrl: "postgresql+psycopg2://u:p@db/keep" },
        internet,
        from(PROCESSES, ...ALL_PORTS),
    ],
    "Redis elsewhere and its Sentinels": [
        {
            redis: {
                kind: "external",
                port: 6380,
                sentinel: { hosts: ["s-0.example.com:26379"], service: "main" },
            },
            websocket: { kind: "none" },
        },
        internet,
        from(PROCESSES, 6380, 26379),
    ],
    "the assistant's model": [{ openaiApiKey: "k" }, internet, from(MODEL, 443)],
    "the assistant's model at an address of its own": [
        { openaiApiKey: "k", openai: { baseUrl: "http://llm.example.com:11434/v1" } },
        internet,
        from(MODEL, 11434),
    ],
    "the assistant's model at the place that is told": [
        { openaiApiKey: "k", networkPolicy: { destinations: { openai: named } } },
        internet,
        [],
    ],
    "whom telemetry goes to": [{ telemetry: true }, internet, from(["backend", "frontend"], 443)],
    Okta: [
        { auth: okta, authClientSecret: "s" },
        internet,
        from(["backend", "consumer", "frontend", "setup", "worker"], 443),
    ],
    "Okta at the place that is told": [
        { auth: okta, authClientSecret: "s", networkPolicy: { destinations: { identityProvider: named } } },
        internet,
        [],
    ],
    OneLogin: [
        {
            auth: { kind: "onelogin", clientId: "keep", issuer: "https://team.onelogin.com/oidc/2" },
            authClientSecret: "s",
        },
        internet,
        from(["backend", "consumer", "frontend", "setup", "worker"], 443),
    ],
    Auth0: [
        { auth: { kind: "auth0", clientId: "keep", domain: "team.eu.auth0.com" }, authClientSecret: "s" },
        internet,
        from(["backend", "consumer", "frontend", "setup", "worker"], 443),
    ],
    "Entra ID": [
        {
            auth: {
                kind: "azuread",
                clientId: "11111111-2222-3333-4444-555555555555",
                tenantId: "22222222-2222-2222-2222-222222222222",
                adminGroupId: "33333333-3333-3333-3333-333333333333",
                nocGroupId: "44444444-4444-4444-4444-444444444444",
            },
            authClientSecret: "s",
        },
        internet,
        from(["backend", "consumer", "frontend", "setup", "worker"], 443),
    ],
};

describe("NetworkPolicies let out", () => {
    for (const [what, [written, to, expected]] of Object.entries(exits)) {
        it(`to ${what}`, async () => {
            assert.deepEqual(reached(await exitsOf(written), to).sort(), [...expected].sort());
        });
    }

    it("to the name servers that the stack names, and to no others", async () => {
        const asks = await exitsOf({ networkPolicy: { dns: [{ cidr: "10.9.9.9/32" }] } });

        assert.equal(asks(pod("frontend"), { address: "10.9.9.9" }, 53, "UDP"), true);
        assert.equal(asks(pod("frontend"), { namespace: "kube-system", labels: {} }, 53, "UDP"), false);
    });
});

describe("NetworkPolicies let a consumer", () => {
    it("reach the API and what the API reaches inside the release, and nobody call it", async () => {
        const asks = await exitsOf({});
        const inside = { backend: 8080, database: 5432, frontend: 3000, redis: 6379, websocket: 6001, worker: 8001 };
        const may = (test: (part: keyof typeof inside) => boolean) =>
            (Object.keys(inside) as (keyof typeof inside)[]).filter(test);

        assert.deepEqual(
            may((part) => asks(pod("consumer"), pod(part), inside[part])),
            ["backend", "database", "redis", "websocket"],
        );
        assert.deepEqual(
            may((part) => asks(pod(part), pod("consumer"), 8080)),
            [],
        );
    });
});
