import assert from "node:assert/strict";

import { deployKeeps, deployStack, minimal, type Stack, stack, type Written } from "./support/config";
import { everyKind, plainIngress } from "./support/ingressConfigs";
import { type Whole, wholeOf } from "./support/invariants/invariant";
import { naming } from "./support/invariants/naming";
import { order } from "./support/invariants/order";
import { pods } from "./support/invariants/pods";
import { policies } from "./support/invariants/policies";
import { references } from "./support/invariants/references";
import { rollouts } from "./support/invariants/rollouts";
import { secrets } from "./support/invariants/secrets";
import { type Choice, kindsOf, variant } from "./support/variants";

const invariants = { ...naming, ...pods, ...references, ...secrets, ...order, ...rollouts, ...policies };

/** All that a stack can have at once, and more than that. */
const everything: Written = {
    publicUrl: "https://keep.example.com",
    ingress: { kind: "nginx", tls: { issuer: "letsencrypt" } },
    database: {
        kind: "postgres",
        settings: { max_connections: 400 },
        volume: { retain: true, persistentVolume: { csi: { driver: "csi.example.com", volumeHandle: "v" } } },
    },
    redis: { kind: "bundled", volume: { size: "4Gi" } },
    images: { registry: "mirror.example.com", pullSecrets: ["pull-secret"] },
    backend: {
        autoscaling: { max: 3 },
        env: { LOG_LEVEL: "DEBUG", TOKEN: { secret: { name: "own", key: "token" } } },
        envFrom: [{ configMap: "own-settings" }],
    },
    frontend: { replicas: 3 },
    worker: { autoscaling: { min: 2, max: 3 }, queueLength: 20 },
    secretStore: { kind: "kubernetes", namespace: "vaults", acceptShared: true },
    provision: { workflows: "test/support/provision/workflows", dashboards: "test/support/provision/dashboards" },
    providers: '{"prometheus":{"type":"prometheus","authentication":{"password":"provider-password"}}}',
    apiKeys: "webhook:webhook:api-key-of-webhook",
    openaiApiKey: "key-of-openai",
    elasticsearch: { hosts: ["https://elastic.example.com:9200"], user: "keep" },
    consumer: { enabled: true },
    elasticsearchPassword: "password-of-elastic",
    networkPolicy: {
        enabled: true,
        edge: [{ namespace: "ingress-nginx" }],
        monitoring: [{ namespace: "monitoring" }],
    },
    retention: { days: 90 },
    backup: { kind: "volume" },
    monitoring: { enabled: true, labels: { release: "prometheus" } },
    verify: { enabled: true },
    extraCa: { configMap: { name: "company-ca", key: "ca.crt" } },
    secretEnv: '{"backend":{"SMTP_PASSWORD":"password-of-smtp"}}',
};

/** Every stack that the invariants are held against, by what is special about it. */
function stacks(): Record<string, Stack> {
    const pairs = kindsOf("database").flatMap((database) =>
        everyKind.map((ingress) => [
            `${database} behind ${ingress}`,
            minimal({ ...variant("database", database), ...plainIngress(ingress) }),
        ]),
    );
    const others = (["auth", "redis", "secretStore", "websocket"] satisfies Choice[]).flatMap((choice) =>
        kindsOf(choice).map((kind) => [`${choice} ${kind}`, minimal(variant(choice, kind))]),
    );
    return {
        dev: stack("dev"),
        prod: stack("prod"),
        "prod, not a preview": { ...stack("prod"), preview: false },
        OpenShift: minimal({ platform: "openshift" }),
        everything: minimal(everything),
        "the data of a chart's release": minimal({
            adopt: { helmRelease: "keep", namespace: "keep" },
            database: { kind: "mysql", volume: { existingClaim: "keep-pvc" } },
            databasePassword: "password-of-the-chart",
        }),
        snapshots: minimal({ database: { kind: "postgres" }, backup: { kind: "snapshot" } }),
        "SQLite with a backup": minimal({ backup: { kind: "volume" } }),
        "SQLite with provisioning": minimal({ provision: { mappings: "test/support/provision/mappings" } }),
        ...(Object.fromEntries(pairs) as Record<string, Stack>),
        ...(Object.fromEntries(others) as Record<string, Stack>),
    };
}

describe("every Keep", () => {
    const wholes = new Map<string, Whole>();

    before(async function () {
        // Some eighty programs.
        this.timeout(300_000);
        for (const [what, options] of Object.entries(stacks())) {
            wholes.set(what, wholeOf(await deployStack(options), options));
        }
    });

    for (const [rule, breaches] of Object.entries(invariants)) {
        it(rule, () => {
            const all = [...wholes].flatMap(([what, whole]) => breaches(whole).map((breach) => `${what}: ${breach}`));
            assert.deepEqual(all, []);
        });
    }

    it("is the same in a preview", () => {
        const [preview, up] = ["prod", "prod, not a preview"].map((what) =>
            wholes.get(what)?.run.resources.map(({ urn, inputs }) => ({ urn, inputs })),
        );
        assert.deepEqual(preview, up);
        assert.ok((up?.length ?? 0) > 40);
    });
});

describe("two Keeps", () => {
    const neighbours: Readonly<Record<string, readonly Written[]>> = {
        "in one namespace": [
            { ...everything, release: "one", namespace: { name: "monitoring" } },
            { release: "two", namespace: { name: "monitoring", create: false }, ...variant("database", "mysql") },
        ],
        "of one name in two namespaces": [
            { ...everything, namespace: { name: "a" }, secretStore: { kind: "kubernetes" } },
            {
                ...everything,
                publicUrl: "https://b.example.com",
                database: { kind: "postgres", settings: { max_connections: 400 } },
                namespace: { name: "b" },
                secretStore: { kind: "kubernetes" },
            },
        ],
    };

    for (const [where, keeps] of Object.entries(neighbours)) {
        describe(where, () => {
            let whole: Whole;

            before(async () => {
                const options = keeps.map(minimal);
                whole = wholeOf(await deployKeeps(...keeps), {
                    config: Object.fromEntries(
                        options.flatMap(({ config }, index) =>
                            Object.entries(config ?? {}).map(([key, value]) => [`${index}.${key}`, value]),
                        ),
                    ),
                });
            });

            for (const [rule, breaches] of Object.entries({ ...naming, ...references })) {
                it(rule, () => {
                    assert.deepEqual(breaches(whole), []);
                    assert.equal(whole.run.all("Keep").length, 2);
                });
            }
        });
    }
});
