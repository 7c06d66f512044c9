import assert from "node:assert/strict";

import { RunError } from "@pulumi/pulumi";

import { KEEP_VERSION } from "../../components/fields/version";
import { resolve } from "../../components/settings/resolve";
import { loadConfig } from "../../components/settings/stackFile";
import { stackSchema } from "../../components/settings/schema";
import { configOf, minimal, stack } from "../support/config";
import { deploy } from "../support/harness";
import { problems } from "../support/refusals";

describe("the configuration of a stack", () => {
    it("needs nothing but a public URL", async () => {
        const { secrets, secretEnv, ...config } = await configOf();

        assert.deepEqual([secrets, secretEnv], [{}, {}]);
        assert.deepEqual(config, stackSchema.parse({ publicUrl: "http://keep.example.com" }));
        const { release, platform, version, telemetry, labels, ingress, websocket, database, redis, auth } = config;
        assert.deepEqual(
            { release, platform, version, telemetry, labels },
            { release: "keep", platform: "kubernetes", version: KEEP_VERSION, telemetry: false, labels: {} },
        );
        assert.deepEqual(
            [ingress, websocket, database, redis, auth, config.secretStore].map(({ kind }) => kind),
            ["traefik", "soketi", "sqlite", "none", "db", "kubernetes"],
        );
    });

    it("takes a key without a value for an absent one, as Pulumi.yaml declares them", async () => {
        const empty = { ...minimal().config, "keep:release": "", "keep:database": "{}", "keep:databasePassword": "" };

        const { result } = await deploy(() => resolve(loadConfig()), { config: empty });

        assert.equal(result.release, "keep");
        assert.equal(result.database.kind, "sqlite");
        assert.deepEqual(result.secrets, {});
    });

    for (const value of ["", "{}"]) {
        it(`rejects an unknown key with the value "${value}"`, async () => {
            const config = { ...minimal().config, "keep:backends": value };

            await assert.rejects(
                deploy(() => resolve(loadConfig()), { config }),
                /keep:backends is not a setting\. Perhaps you meant keep:backend\./,
            );
        });
    }

    it("leaves the keys of others alone", async () => {
        const config = { ...minimal().config, "kubernetes:context": "laptop", "keeper:release": "Not ours" };

        assert.equal((await deploy(() => resolve(loadConfig()), { config })).result.release, "keep");
    });

    it("does not depend on the name of the project", async () => {
        const { result } = await deploy(() => resolve(loadConfig()), {
            ...minimal({ release: "mine" }),
            project: "monitoring",
        });

        assert.equal(result.release, "mine");
    });

    it("hands secrets out marked as secrets", async () => {
        const { outputs, maskedOutputs } = await deploy(() => resolve(loadConfig()), {
            ...minimal({ apiKeys: "a:admin:x", firstUserPassword: "p" }),
            exports: ({ secrets }) => secrets,
        });

        assert.deepEqual(outputs.plain, { apiKeys: "a:admin:x", firstUserPassword: "p" });
        assert.deepEqual(maskedOutputs, { apiKeys: "[secret]", firstUserPassword: "[secret]" });
    });

    for (const name of ["dev", "prod"]) {
        it(`takes the stack file of ${name}`, async () => {
            assert.deepEqual(await problems(stack(name)), []);
        });
    }
});

describe("a wrong configuration", () => {
    it("is refused with all its mistakes at once, each with key, value, reason and way out", async () => {
        const options = {
            ...minimal({
                publicUrl: "keep.example.com",
                release: "My_Keep",
                databse: { kind: "postgres" },
                database: { kind: "mariadb" },
                backend: { replicas: "two", env: { KEEP_API_URL: "http://keep" } },
                frontend: { resources: { limits: { memory: "lots" } }, envFrom: [{}] },
                websocket: { kind: "soketi", replicas: 2 },
                redis: { kind: "none" },
                pusherSecret: "a b",
                worker: { replica: 2 },
                images: { redis: "valkey" },
            }),
            stack: "example",
        };

        assert.deepEqual(await problems(options), [
            "keep:databse is not a setting. Perhaps you meant keep:database.",
            "keep:pusherSecret contains whitespace. Set it again without whitespace.",
            'keep:publicUrl ("keep.example.com") is not an origin. Write only scheme, host and port, without a path or a trailing slash, such as https://keep.example.com. Set paths in keep:ingress.',
            'keep:release ("My_Keep") is not a DNS label. Use lower-case letters, digits and dashes, beginning with a letter, such as keep.',
            'keep:images.redis ("valkey") is not pinned, so pods could change without a deployment. Use a version, such as docker.io/valkey/valkey:8.1.3.',
            'keep:database.kind ("mariadb") is not a known kind. Set it to sqlite, postgres, mysql, sqlserver, cloudnativepg or external.',
            'keep:backend.replicas ("two") is not a whole number. Write only digits, without quotes.',
            "keep:worker.replica is not a setting. Perhaps you meant keep:worker.replicas.",
            'keep:frontend.resources.limits.memory ("lots") is not a Kubernetes quantity. Write it like 500m, 2, 512Mi or 10Gi.',
            "keep:frontend.envFrom.0 ({}) must have exactly one of secret and configMap. Set one of them, and remove the other.",
            "keep:websocket.replicas (2) needs Redis: without Redis, several Soketi pods lose events. Set keep:redis.kind to bundled or external, or keep one pod.",
            "keep:pusherSecret is set, but the websocket server is not external. Remove it, or set keep:websocket.kind to external.",
            "keep:worker is set, but without Redis there are no workers. Remove it, or set keep:redis.kind to bundled or external.",
            "keep:backend.env.KEEP_API_URL is set by keep:publicUrl and keep:ingress. Remove it here, and change that setting instead.",
        ]);
    });

    it("is one message to the user, without a stack trace", async () => {
        await assert.rejects(
            deploy(() => resolve(loadConfig()), minimal({ release: "K", version: "v1" })),
            (error: unknown) => {
                assert.ok(RunError.isInstance(error));
                assert.match(
                    error.message,
                    /^2 problems in Pulumi\.dev\.yaml; nothing was changed:\n {2}- keep:release/,
                );
                return true;
            },
        );
    });

    it("has a secret in plain text", async () => {
        const options = minimal({ firstUserPassword: "hunter2", apiKeys: "hunter2" });

        assert.deepEqual(await problems({ ...options, secretKeys: [] }), [
            "keep:firstUserPassword is stored in plain text. Encrypt it. Run: pulumi config set --secret keep:firstUserPassword",
            "keep:apiKeys is stored in plain text. Encrypt it. Run: pulumi config set --secret keep:apiKeys",
            "keep:apiKeys is not a list of name:role:secret, separated by commas. Use lower-case names, the roles admin, noc, webhook or workflowrunner, and secrets without colons.",
        ]);
    });

    it("has a secret inside an object", async () => {
        const options = minimal({ database: { kind: "postgres", password: "hunter2" } });

        assert.deepEqual(await problems({ ...options, secretKeys: ["keep:database"] }), [
            "keep:database contains an encrypted value, which the program would use in plain text. Move it to the secret key for this value; see docs/configuration.md.",
        ]);
    });

    it("has text that is almost an object", async () => {
        assert.deepEqual(await problems(minimal({ setup: "{retries: 3}", labels: "[a" })), [
            'keep:setup ("[hidden]") is not an object. Write its fields, such as {timeoutSeconds: value}.',
            'keep:labels ("[hidden]") is not an object of names and values. Write them as {name: value}.',
        ]);
    });
});
