import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { accepts } from "../support/refusals";
import { envOf, mainContainer, podOf } from "../support/objects";

const base: Written = { database: { kind: "postgres" }, redis: { kind: "bundled" } };
const enabled: Written = { ...base, consumer: { enabled: true } };

/** What a tier is told of consumers, topology and scheduled workflows. */
async function told(tier: string, written: Written): Promise<(string | undefined)[]> {
    const env = envOf(mainContainer((await deployKeep(written)).resources, tier));
    return [env.CONSUMER, env.KEEP_TOPOLOGY_PROCESSOR, env.WORKFLOWS_INTERVAL_ENABLED];
}

describe("the consumer", () => {
    it("is not there unless asked for: every process of the API consumes then, as Keep has it", async () => {
        const { all } = await deployKeep(base);

        assert.equal(
            all("Deployment").some(({ physicalName }) => physicalName === "keep-consumer"),
            false,
        );
        assert.deepEqual(await told("backend", base), [undefined, undefined, "false"]);
    });

    it("alone consumes and watches the topology, and leaves scheduled workflows to the others", async () => {
        assert.deepEqual(await told("consumer", enabled), ["true", "true", "false"]);
        assert.deepEqual(await told("backend", enabled), ["false", undefined, "false"]);
        assert.deepEqual(await told("backend", { ...enabled, redis: undefined }), ["false", undefined, undefined]);
        assert.deepEqual(await told("consumer", { ...base, consumer: { enabled: true, topology: false } }), [
            "true",
            "false",
            "false",
        ]);
    });

    it("sends messages to the API in the cluster, also where nobody inside the cluster reaches the public URL", async () => {
        const { resources, one } = await deployKeep({
            ...enabled,
            publicUrl: "http://localhost:3000",
            ingress: { kind: "none" },
        });

        const { KEEP_API_URL } = envOf(mainContainer(resources, "consumer"));
        assert.equal(KEEP_API_URL, "http://keep-backend:8080");
        const { dependencies } = one("Deployment", "keep-consumer");
        assert.ok(dependencies.some((it) => it.type.endsWith(":Deployment") && it.physicalName === "keep-backend"));
    });

    it("is one pod of one process, never two at a time, and nobody calls it", async () => {
        const { resources, one, all } = await deployKeep({ ...enabled, size: "large" });

        const { replicas, strategy } = one("Deployment", "keep-consumer").inputs.spec;
        assert.deepEqual([replicas, strategy], [1, { type: "Recreate" }]);
        const { args = [] } = mainContainer(resources, "consumer");
        assert.equal(args[args.indexOf("--workers") + 1], "1");
        const named = ["Service", "HorizontalPodAutoscaler", "PodDisruptionBudget"].flatMap((kind) =>
            all(kind).map(({ physicalName }) => physicalName),
        );
        assert.equal(named.includes("keep-consumer"), false);
    });

    it("runs the API's image, with the environment of Keep's processes and its own", async () => {
        const { resources } = await deployKeep({
            ...base,
            backend: { image: "registry.example.com/keep-api:mine" },
            consumer: { enabled: true, env: { LOG_LEVEL: "DEBUG" } },
            secretEnv: '{"consumer":{"KAFKA_PASSWORD":"p"}}',
        });

        const container = mainContainer(resources, "consumer");
        const { DATABASE_CONNECTION_STRING, KAFKA_PASSWORD, LOG_LEVEL, SKIP_DB_CREATION } = envOf(container);
        assert.equal(container.image, "registry.example.com/keep-api:mine");
        assert.deepEqual(
            [DATABASE_CONNECTION_STRING, KAFKA_PASSWORD, LOG_LEVEL, SKIP_DB_CREATION],
            ["Secret keep.database/url", "Secret keep.env/consumer.KAFKA_PASSWORD", "DEBUG", "true"],
        );
        const [consumer, backend] = ["consumer", "backend"].map((tier) => podOf(resources, tier).spec);
        assert.equal(consumer?.containers.length, 1);
        // Providers' credentials are Secrets, which it reads as the API does.
        assert.deepEqual(
            [consumer.serviceAccountName, consumer.automountServiceAccountToken],
            [backend?.serviceAccountName, true],
        );
    });
    accepts({ "an API told what to do by hand": { backend: { env: { KEEP_TOPOLOGY_PROCESSOR: "true" } } } });
});
