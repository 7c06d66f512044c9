import assert from "node:assert/strict";

import { knownKeys } from "../../components/settings/knownKeys";
import { reservedEnv } from "../../components/settings/managedEnv";
import { type EnvTier, envTiers, secretKeys } from "../../components/secrets/settings";
import { deployKeep, type Written } from "../support/config";
import { envOf, podOf, podsOf } from "../support/objects";
import { type Choice, kindsOf, variant } from "../support/variants";

/**
 * Variables of Keep's Python program. Some are read by the entrypoint of its image alone, in place of which the pods run gunicorn. The
 * setup step applies dashboards itself; with the variable, Keep would do so too.
 */
const OF_PROCESSES = ["ARQ_WORKER_PORT", "ARQ_WORKER_TIMEOUT", "KEEP_DASHBOARDS", "KEEP_WORKERS", "PORT", "REDIS_DB"];

/** NotReadable although no tier ever renders them, because they would break it. */
const NEVER_RENDERED: Readonly<Record<EnvTier, readonly string[]>> = {
    backend: OF_PROCESSES,
    worker: OF_PROCESSES,
    consumer: OF_PROCESSES,
    frontend: ["AUTH_SECRET", "AUTH_URL", "NODE_ENV", "PORT"],
    websocket: [
        "SOKETI_DB_REDIS_DB",
        "SOKETI_METRICS_HOST",
        "SOKETI_METRICS_SERVER_PORT",
        "SOKETI_PATH_PREFIX",
        "SOKETI_PORT",
        "SOKETI_SSL_CA",
        "SOKETI_SSL_CERT",
        "SOKETI_SSL_KEY",
        "SOKETI_SSL_PASS",
    ],
};

/** Rendered, and yet not refused: the stack may want it for another reason. */
const OPEN = ["EE_ENABLED", "CONSUMER"];

/** Stacks that among them render every variable that there is. */
const stacks: readonly Written[] = [
    {
        ...variant("auth", "oauth2proxy"),
        auth: {
            kind: "oauth2proxy",
            edgeSetsHeaders: true,
            adminGroups: ["a"],
            nocGroups: ["n"],
            webhookGroups: ["w"],
            sessionSeconds: 600,
        },
    },
    {
        ...variant("auth", "okta"),
        auth: { kind: "okta", clientId: "k", issuer: "https://team.okta.com/oauth2/default", audience: "a" },
        oktaApiToken: "t",
    },
    ...(["auth", "database", "redis", "secretStore", "websocket"] satisfies Choice[]).flatMap((choice) =>
        kindsOf(choice).map((kind) => variant(choice, kind)),
    ),
    {
        auth: {
            kind: "oauth2proxy",
            edgeSetsHeaders: true,
            adminGroups: ["a"],
            nocGroups: ["n"],
            webhookGroups: ["w"],
            sessionSeconds: 600,
        },
        networkPolicy: { enabled: true, edge: [{ namespace: "sso", podLabels: { app: "oauth2-proxy" } }] },
        pods: { ipv6: true },
        extraCa: { secret: { name: "s", key: "k" } },
        database: { kind: "postgres" },
        consumer: { enabled: true },
        redis: { kind: "external", sentinel: { hosts: ["s"] }, tls: true, passwordSecret: { name: "s", key: "k" } },
        websocket: { kind: "soketi", replicas: 2 },
    },
    { elasticsearch: { hosts: ["http://es:9200"], user: "keep" }, elasticsearchPassword: "p" },
    { elasticsearch: { hosts: ["http://es:9200"] }, elasticsearchApiKey: "k", backend: { processes: 1 } },
    {
        auth: { kind: "okta", clientId: "c", issuer: "https://team.okta.com/oauth2/default", audience: "a" },
        authClientSecret: "s",
        oktaApiToken: "t",
    },
    {
        database: {
            kind: "external",
            engine: "mysql",
            hostSecret: { name: "s", key: "k" },
            nameSecret: { name: "s", key: "k" },
            passwordSecret: { name: "s", key: "k" },
            portSecret: { name: "s", key: "k" },
            userSecret: { name: "s", key: "k" },
        },
        redis: { kind: "external", host: "r", username: "me" },
        redisPassword: "p",
        secretStore: { kind: "aws", region: "eu-west-1", kmsKeyId: "alias/keep" },
        apiKeys: "a:admin:x",
        providers: '{"mine":{"type":"mock"}}',
        openaiApiKey: "k",
        openai: { model: "m", baseUrl: "https://llm.example.com", organization: "o" },
        websocket: { kind: "soketi", replicas: 2 },
        provision: {
            workflows: "test/support/provision/workflows",
            mappings: "test/support/provision/mappings",
            dashboards: "test/support/provision/dashboards",
        },
    },
];

describe("the list of reserved environment", () => {
    const rendered = new Map<EnvTier, Set<string>>(envTiers.map((tier) => [tier, new Set()]));

    before(async () => {
        for (const stack of stacks) {
            const { resources } = await deployKeep(stack);
            for (const pod of podsOf(resources)) {
                // Setup takes its environment from the API's settings.
                const component = pod.labels["app.kubernetes.io/component"];
                const tier = component === "setup" ? "backend" : envTiers.find((name) => name === component);
                const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
                for (const container of containers.filter(({ name }) => name !== "make-database")) {
                    for (const name of Object.keys(tier === undefined ? {} : envOf(container))) {
                        rendered.get(tier ?? "backend")?.add(name);
                    }
                }
            }
            assert.ok(podOf(resources, "frontend").spec.containers.length > 0);
        }
    });

    it("names settings that exist", () => {
        const owners = envTiers.flatMap((tier) => Object.values(reservedEnv[tier]));
        const paths = new Set(
            owners.flatMap((owner) => [...owner.matchAll(/keep:([\w.]+)/g)].map(([, path = ""]) => path)),
        );

        assert.deepEqual(
            [...paths].filter((path) => {
                const steps = path.split(".");
                return !(path in secretKeys || knownKeys(steps.slice(0, -1), {}).includes(steps.at(-1) ?? ""));
            }),
            [],
        );
    });

    for (const tier of envTiers) {
        it(`has all that the ${tier} renders`, () => {
            const names = [...(rendered.get(tier) ?? [])];

            assert.ok(names.length > 4);
            assert.deepEqual(
                names.filter((name) => reservedEnv[tier][name] === undefined && !OPEN.includes(name)),
                [],
            );
        });

        it(`has nothing that the ${tier} never renders`, () => {
            // Workers and consumer share the list of the API, whose setup renders some of it.
            const names = [
                ...(rendered.get(tier) ?? []),
                ...(tier === "worker" || tier === "consumer" ? (rendered.get("backend") ?? []) : []),
            ];

            assert.deepEqual(
                Object.keys(reservedEnv[tier]).filter((name) => !names.includes(name)),
                NEVER_RENDERED[tier],
            );
        });
    }
});
