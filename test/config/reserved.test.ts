import assert from "node:assert/strict";

import { reservedEnv } from "../../components/config/reserved";
import { type EnvTier, envTiers } from "../../components/config/secrets";
import { deployKeep, type Written } from "../support/config";
import { envOf, podOf, podsOf } from "../support/objects";
import { type Choice, kindsOf, variant } from "../support/variants";

/** Refused although no tier ever renders them, because they would break it. */
const NEVER_RENDERED: Readonly<Record<EnvTier, readonly string[]>> = {
    backend: [],
    worker: [],
    frontend: ["NODE_ENV", "PORT"],
    websocket: ["SOKETI_PATH_PREFIX"],
};

/** Stacks that among them render every variable that there is. */
const stacks: readonly Written[] = [
    ...(["auth", "database", "redis", "secretStore", "websocket"] satisfies Choice[]).flatMap((choice) =>
        kindsOf(choice).map((kind) => variant(choice, kind)),
    ),
    {
        database: { kind: "external", engine: "mysql", host: "db", passwordSecret: { name: "s", key: "k" } },
        redis: { kind: "external", host: "r", username: "me" },
        redisPassword: "p",
        secretStore: { kind: "aws", region: "eu-west-1", kmsKeyId: "k" },
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

    for (const tier of envTiers) {
        it(`has all that the ${tier} renders, and nothing that it does not`, () => {
            const never = NEVER_RENDERED[tier];
            const reserved = Object.keys(reservedEnv[tier]).filter((name) => !never.includes(name));
            const names = [...(rendered.get(tier) ?? [])].sort();

            // A worker gets no setup: it refuses what only setup renders all the same, since it would provision itself.
            const setupOnly = tier === "worker" ? [...(rendered.get("backend") ?? [])] : [];
            assert.deepEqual(
                reserved.filter((name) => !setupOnly.includes(name)).sort(),
                names.filter((name) => !setupOnly.includes(name)),
            );
            assert.deepEqual(
                names.filter((name) => !reserved.includes(name)),
                [],
            );
        });
    }
});
