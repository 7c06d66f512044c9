import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf } from "../support/objects";

const withRedis = (redis: Written, others: Written = {}) =>
    deployKeep({ database: { kind: "postgres" }, redis, ...others });

/** The variables of a tier that tell of Redis. */
function told(resources: Parameters<typeof mainContainer>[0], tier: string): Record<string, string> {
    const entries = Object.entries(envOf(mainContainer(resources, tier)));
    return Object.fromEntries(entries.filter(([name]) => name.includes("REDIS")));
}

describe("Redis in the cluster", () => {
    it("is one Valkey with a password, which refuses rather than forgets", async () => {
        const { resources, one } = await withRedis({ kind: "bundled" });

        const { image, command, args, readinessProbe, ports, volumeMounts } = mainContainer(resources, "redis");
        assert.equal(image, "docker.io/valkey/valkey:8.1.3");
        assert.deepEqual(command, ["valkey-server"]);
        assert.deepEqual(args, [
            ...["--requirepass", "$(PASSWORD)", "--appendonly", "no", "--save", ""],
            ...["--maxmemory", "268435456", "--maxmemory-policy", "noeviction", "--dir", "/data"],
        ]);
        assert.deepEqual(readinessProbe?.exec?.command, ["valkey-cli", "ping"]);
        assert.deepEqual(ports, [{ name: "redis", containerPort: 6379, protocol: "TCP" }]);
        assert.deepEqual(volumeMounts, [{ name: "data", mountPath: "/data" }]);
        assert.deepEqual(envOf(mainContainer(resources, "redis")), {
            PASSWORD: "Secret keep.redis/password",
            REDISCLI_AUTH: "Secret keep.redis/password",
        });
        const { spec } = podOf(resources, "redis");
        assert.deepEqual([spec.securityContext?.runAsUser, spec.terminationGracePeriodSeconds], [10001, 30]);
        assert.deepEqual(spec.volumes, [{ name: "data", emptyDir: { sizeLimit: "512Mi" } }]);
        const { replicas, strategy } = one("Deployment", "keep-redis").inputs.spec;
        assert.deepEqual([replicas, strategy], [1, { type: "Recreate" }]);
        assert.equal(one("Service", "keep-redis").inputs.spec.ports[0]?.port, 6379);
        assert.match(one("Secret", "keep.redis").inputs.stringData.password ?? "", /^k[a-zA-Z0-9]{31}$/);
    });

    for (const [image, program] of [
        ["redis:7.4.1", "redis"],
        ["registry.example.com:5000/mirror/redis:8", "redis"],
        ["registry.example.com/redis/valkey:8.1.3", "valkey"],
        ["registry.example.com/team/keep-valkey:8.1.3", "valkey"],
        ["registry.example.com/valkey/my-redis:7", "redis"],
        // Valkey's image has the programs of Redis too.
        ["registry.example.com/team/queue:1", "redis"],
    ] as const) {
        it(`starts ${image} by its own name`, async () => {
            const { resources } = await withRedis({ kind: "bundled" }, { images: { redis: image } });
            const { command, readinessProbe } = mainContainer(resources, "redis");
            assert.deepEqual(command, [`${program}-server`]);
            assert.deepEqual(readinessProbe?.exec?.command, [`${program}-cli`, "ping"]);
        });
    }

    it("keeps the queue on a disk where the stack gives one", async () => {
        const { resources, one } = await withRedis({ kind: "bundled", volume: { size: "4Gi", storageClass: "fast" } });

        const { args = [] } = mainContainer(resources, "redis");
        assert.equal(args[args.indexOf("--appendonly") + 1], "yes");
        assert.deepEqual(podOf(resources, "redis").spec.volumes, [
            { name: "data", persistentVolumeClaim: { claimName: "keep-redis" } },
        ]);
        const { spec } = one("PersistentVolumeClaim", "keep-redis").inputs;
        assert.deepEqual([spec.resources.requests, spec.storageClassName], [{ storage: "4Gi" }, "fast"]);
    });

    it("has half of its memory for data", async () => {
        const limited = async (resources: Written) => {
            const { args = [] } = mainContainer((await withRedis({ kind: "bundled", resources })).resources, "redis");
            return args[args.indexOf("--maxmemory") + 1];
        };

        assert.equal(await limited({ limits: { memory: "2Gi" } }), String(2 ** 30));
        assert.equal(await limited({ requests: { memory: "2G" } }), "1000000000");
        assert.equal(await limited({ limits: { cpu: 1 } }), String(2 ** 28));
    });

    it("takes the password of an existing Secret, of which the state has nothing", async () => {
        const { resources, all } = await withRedis({ kind: "bundled", passwordSecret: { name: "r", key: "p" } });

        assert.deepEqual(envOf(mainContainer(resources, "redis")), {
            PASSWORD: "Secret r/p",
            REDISCLI_AUTH: "Secret r/p",
        });
        for (const tier of ["backend", "worker", "setup", "websocket"]) {
            assert.equal(told(resources, tier).REDIS_PASSWORD, "Secret r/p");
        }
        assert.ok(!all("RandomPassword").some(({ name }) => name === "keep-redis"));
        assert.ok(!all("Secret").some(({ physicalName }) => physicalName === "keep.redis"));
    });

    it("restarts with its password, and after it is there", async () => {
        const { resources, one } = await withRedis({ kind: "bundled" });

        assert.match(podOf(resources, "redis").annotations["keep.pulumi/credentials"] ?? "", /^[0-9a-f]{16}$/);
        assert.ok(
            one("Deployment", "keep-redis").dependencies.some(({ physicalName }) => physicalName === "keep.redis"),
        );
    });

    it("takes size and place from the stack, and its user from OpenShift", async () => {
        const size = { limits: { memory: "1Gi", "ephemeral-storage": "1Gi" } };
        const { resources } = await withRedis(
            { kind: "bundled", resources: size, nodeSelector: { disk: "ssd" } },
            { platform: "openshift" },
        );

        assert.deepEqual(mainContainer(resources, "redis").resources, size);
        const { nodeSelector, securityContext } = podOf(resources, "redis").spec;
        assert.deepEqual([nodeSelector, securityContext?.runAsUser], [{ disk: "ssd" }, undefined]);
    });
});

describe("a Redis elsewhere", () => {
    const address = {
        kind: "external",
        host: "redis.example.com",
        port: 6380,
        username: "keep",
        tls: true,
    };

    it("is found by API, workers and websocket, with the password of the stack", async () => {
        const { resources, all, one } = await withRedis(address, { redisPassword: "1e5" });

        const expected = {
            REDIS: "true",
            REDIS_HOST: "redis.example.com",
            REDIS_PASSWORD: "Secret keep.redis/password",
            REDIS_PORT: "6380",
            REDIS_SSL: "true",
            REDIS_USERNAME: "keep",
        };
        for (const tier of ["backend", "worker", "setup"]) {
            assert.deepEqual(told(resources, tier), expected);
        }
        assert.deepEqual(told(resources, "websocket"), {
            SOKETI_ADAPTER_REDIS_PREFIX: "keep-keep",
            SOKETI_ADAPTER_REDIS_PUB_OPTIONS: '{"tls":{}}',
            SOKETI_ADAPTER_REDIS_SUB_OPTIONS: '{"tls":{}}',
            SOKETI_DB_REDIS_HOST: "redis.example.com",
            SOKETI_DB_REDIS_PASSWORD: "Secret keep.redis/password-json",
            SOKETI_DB_REDIS_PORT: "6380",
            SOKETI_DB_REDIS_USERNAME: "keep",
        });
        assert.deepEqual(one("Secret", "keep.redis").inputs.stringData, { password: "1e5", "password-json": '"1e5"' });
        assert.equal(
            all("Deployment").some(({ name }) => name === "keep-redis"),
            false,
        );
    });

    it("has its password in a Secret that exists already", async () => {
        const { resources, all } = await withRedis({ ...address, passwordSecret: { name: "r", key: "p" } });

        assert.equal(told(resources, "worker").REDIS_PASSWORD, "Secret r/p");
        const { REDIS_PASSWORD, SOKETI_DB_REDIS_PASSWORD } = told(resources, "websocket");
        assert.deepEqual([REDIS_PASSWORD, SOKETI_DB_REDIS_PASSWORD], ["Secret r/p", '"$(REDIS_PASSWORD)"']);
        assert.equal(
            all("Secret").some(({ name }) => name === "keep-redis"),
            false,
        );
    });

    for (const [image, written] of [
        ["the image of Soketi", { images: { websocket: "quay.io/soketi/soketi:1.6.1-16-distroless" } }],
        ["a mirror", { images: { registry: "registry.example.com", websocket: "quay.io/soketi:1-distroless" } }],
        ["an image of the tier", { websocket: { image: "registry.example.com/soketi-distroless:1" } }],
        ["a Debian image", {}],
    ] as const) {
        it(`has a password that Soketi reads with the Node.js of ${image}`, async () => {
            const redis = { ...address, passwordSecret: { name: "r", key: "p" } };
            const { resources } = await withRedis(redis, written);
            const { command = [] } = mainContainer(resources, "websocket");
            assert.equal(command[0], image === "a Debian image" ? "node" : "/nodejs/bin/node");
        });
    }

    it("has its address in a Secret that exists already", async () => {
        const key = (name: string) => ({ name: "r", key: name });
        const redis = { kind: "external", hostSecret: key("host"), portSecret: key("port"), passwordSecret: key("p") };
        const { resources, all } = await withRedis(redis);

        const { REDIS_HOST, REDIS_PORT } = told(resources, "worker");
        assert.deepEqual([REDIS_HOST, REDIS_PORT], ["Secret r/host", "Secret r/port"]);
        const { SOKETI_DB_REDIS_HOST, SOKETI_DB_REDIS_PORT } = told(resources, "websocket");
        assert.deepEqual([SOKETI_DB_REDIS_HOST, SOKETI_DB_REDIS_PORT], ["Secret r/host", "Secret r/port"]);
        assert.ok(!all("Secret").some(({ name }) => name === "keep-redis"));
    });

    it("may have no password at all", async () => {
        const { resources } = await withRedis({ kind: "external", host: "redis.example.com" });

        assert.deepEqual(told(resources, "worker"), {
            REDIS: "true",
            REDIS_HOST: "redis.example.com",
            REDIS_PORT: "6379",
            REDIS_SSL: "false",
        });
    });
});
