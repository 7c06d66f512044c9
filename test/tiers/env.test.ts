import assert from "node:assert/strict";

import { deployKeep } from "../support/config";
import { envOf, mainContainer } from "../support/objects";
import { bare, env, scaled } from "./environment";

const everyProcess = {
    AUTH_TYPE: "DB",
    HOME: "/tmp",
    LOGNAME: "keep",
    KEEP_DEFAULT_PASSWORD: "Secret keep.setup/first-user-password",
    KEEP_DEFAULT_USERNAME: "keep",
    KEEP_JWT_SECRET: "Secret keep.app/jwt-secret",
    POSTHOG_DISABLED: "true",
    PROMETHEUS_MULTIPROC_DIR: "/tmp/prometheus",
    PUSHER_APP_ID: "id",
    PUSHER_APP_KEY: "key",
    PUSHER_APP_SECRET: "Secret keep.app/pusher-app-secret",
    PUSHER_HOST: "keep-websocket",
    PUSHER_PORT: "6001",
    PYTHONPYCACHEPREFIX: "/tmp/pycache",
    SECRET_MANAGER_TYPE: "K8S",
    K8S_NAMESPACE: "keep-secrets",
};

const small = {
    ...everyProcess,
    DATABASE_CONNECTION_STRING: "sqlite:////state/keep.db?check_same_thread=False",
    KEEP_API_URL: "http://keep.example.com/v2",
    KEEP_PLATFORM_URL: "http://keep.example.com",
};

const large = {
    ...everyProcess,
    DATABASE_CONNECTION_STRING: "Secret keep.database/url",
    DATABASE_MAX_OVERFLOW: "10",
    DATABASE_POOL_RECYCLE: "1800",
    DATABASE_POOL_SIZE: "5",
    DATABASE_POOL_TIMEOUT: "30",
    KEEP_API_URL: "https://keep.example.com/api2",
    KEEP_DB_PRE_PING_ENABLED: "true",
    KEEP_PLATFORM_URL: "https://keep.example.com",
    REDIS: "true",
    REDIS_HOST: "keep-redis",
    REDIS_PASSWORD: "Secret keep.redis/password",
    REDIS_PORT: "6379",
    REDIS_SSL: "false",
};

const running = { MAINTENANCE_WINDOWS: "false", PROVISION_RESOURCES: "false", SKIP_DB_CREATION: "true" };

const firstTime = { KEEP_PROVIDERS_INSTALL_WEBHOOKS: "true" };

describe("the environment of the API", () => {
    it("neither migrates nor provisions", async () => {
        assert.deepEqual(await env("backend"), { ...small, ...running });
    });

    it("leaves scheduled workflows to the workers when there are some", async () => {
        assert.deepEqual(await env("backend", scaled), { ...large, ...running, WORKFLOWS_INTERVAL_ENABLED: "false" });
    });

    it("says what is off", async () => {
        assert.deepEqual(await env("backend", bare), {
            AUTH_TYPE: "NOAUTH",
            DATABASE_CONNECTION_STRING: small.DATABASE_CONNECTION_STRING,
            HOME: "/tmp",
            KEEP_API_URL: small.KEEP_API_URL,
            KEEP_DEFAULT_PASSWORD: small.KEEP_DEFAULT_PASSWORD,
            KEEP_JWT_SECRET: small.KEEP_JWT_SECRET,
            KEEP_PLATFORM_URL: small.KEEP_PLATFORM_URL,
            LOGNAME: "keep",
            PROMETHEUS_MULTIPROC_DIR: "/tmp/prometheus",
            PUSHER_DISABLED: "true",
            PYTHONPYCACHEPREFIX: "/tmp/pycache",
            SECRET_MANAGER_TYPE: "DB",
            ...running,
        });
    });

    it("publishes events where browsers listen, when the websocket is elsewhere", async () => {
        const websocket = { kind: "external", host: "push.example.com", appId: "12", appKey: "public" };
        const { resources } = await deployKeep({ websocket, pusherSecret: "secret" });
        const { resources: plain } = await deployKeep({
            websocket: { ...websocket, port: 80 },
            pusherSecret: "secret",
        });

        const pusher = (all: typeof resources) =>
            Object.fromEntries(
                Object.entries(envOf(mainContainer(all, "backend"))).filter(([name]) => name.startsWith("PUSHER_")),
            );
        const expected = {
            PUSHER_APP_ID: "12",
            PUSHER_APP_KEY: "public",
            PUSHER_APP_SECRET: "Secret keep.app/pusher-app-secret",
            PUSHER_HOST: "push.example.com",
            PUSHER_PORT: "443",
            PUSHER_USE_SSL: "true",
        };
        assert.deepEqual(pusher(resources), expected);
        assert.deepEqual(
            Object.entries(pusher(plain)),
            Object.entries({ ...expected, PUSHER_PORT: "80" }).filter(([name]) => name !== "PUSHER_USE_SSL"),
        );
    });

    it("has the model behind the AI features when there is a key", async () => {
        const openai = { model: "llama", baseUrl: "https://llm.example.com/v1", organization: "org" };
        const { OPENAI_API_KEY, OPENAI_MODEL_NAME, OPENAI_BASE_URL } = await env("backend", {
            openaiApiKey: "k",
            openai,
        });

        assert.deepEqual(
            [OPENAI_API_KEY, OPENAI_MODEL_NAME, OPENAI_BASE_URL],
            ["Secret keep.app/openai-api-key", "llama", "https://llm.example.com/v1"],
        );
    });
});

describe("the environment of a worker", () => {
    it("is that of the API, and runs scheduled workflows", async () => {
        assert.deepEqual(await env("worker", scaled), { ...large, ...running });
    });
});

describe("the environment of setup", () => {
    it("migrates and provisions, and makes the first user", async () => {
        assert.deepEqual(await env("setup", scaled), { ...large, ...firstTime });
        assert.deepEqual(await env("setup in pod"), { ...small, ...firstTime });
    });

    it("takes what the stack adds to the API's, since it must reach the same things", async () => {
        const backend = { env: { LOG_LEVEL: "DEBUG" } };

        assert.deepEqual(await env("setup", { ...scaled, backend }), { ...large, ...firstTime, LOG_LEVEL: "DEBUG" });
    });

    it("makes the API keys and the user that the stack names", async () => {
        const { KEEP_DEFAULT_API_KEYS, KEEP_DEFAULT_USERNAME } = await env("setup", {
            ...scaled,
            apiKeys: "a:admin:x",
            auth: { kind: "db", username: "boss" },
        });

        assert.deepEqual([KEEP_DEFAULT_API_KEYS, KEEP_DEFAULT_USERNAME], ["Secret keep.setup/api-keys", "boss"]);
    });

    it("leaves the providers' webhooks alone when told so", async () => {
        const provision = { installWebhooks: false };

        assert.equal((await env("setup", { ...scaled, provision })).KEEP_PROVIDERS_INSTALL_WEBHOOKS, "false");
    });
});
