import assert from "node:assert/strict";

import { deployKeep } from "../support/config";
import { envOf, mainContainer } from "../support/objects";
import { bare, env, scaled } from "./environment";

describe("the environment of the user interface", () => {
    const frontend = {
        API_URL: "http://keep-backend:8080",
        API_URL_CLIENT: "/v2",
        AUTH_TYPE: "DB",
        HOME: "/tmp",
        HOSTNAME: "0.0.0.0",
        NEXTAUTH_SECRET: "Secret keep.app/nextauth-secret",
        NEXTAUTH_URL: "http://keep.example.com",
        POSTHOG_DISABLED: "true",
        POSTHOG_KEY: "",
        PUSHER_APP_KEY: "key",
        PUSHER_HOST: "/websocket",
        SENTRY_DISABLED: "true",
    };

    it("finds API and websocket inside the cluster and from the browser", async () => {
        assert.deepEqual(await env("frontend"), frontend);
        assert.deepEqual(await env("frontend", scaled), {
            ...frontend,
            API_URL_CLIENT: "/api2",
            NEXTAUTH_URL: "https://keep.example.com",
            PUSHER_HOST: "/live",
        });
    });

    it("says what is off", async () => {
        assert.deepEqual(await env("frontend", bare), {
            API_URL: "http://keep-backend:8080",
            API_URL_CLIENT: "/v2",
            AUTH_TYPE: "NOAUTH",
            HOME: "/tmp",
            HOSTNAME: "0.0.0.0",
            NEXTAUTH_SECRET: "Secret keep.app/nextauth-secret",
            NEXTAUTH_URL: "http://keep.example.com",
            PUSHER_DISABLED: "true",
        });
    });

    it("sends browsers to a websocket elsewhere by host and port", async () => {
        const { resources } = await deployKeep({
            websocket: { kind: "external", host: "push.example.com", port: 8443, appId: "12", appKey: "public" },
            pusherSecret: "secret",
        });

        const { PUSHER_HOST, PUSHER_PORT, PUSHER_APP_KEY } = envOf(mainContainer(resources, "frontend"));
        assert.deepEqual([PUSHER_HOST, PUSHER_PORT, PUSHER_APP_KEY], ["push.example.com", "8443", "public"]);
    });

    it("has the key of the AI features under both names that Keep reads", async () => {
        const written = { openaiApiKey: "k", openai: { organization: "org", model: "llama" } };
        const found = await env("frontend", written);

        const key = "Secret keep.app/openai-api-key";
        assert.deepEqual([found.OPEN_AI_API_KEY, found.OPENAI_API_KEY], [key, key]);
        assert.deepEqual([found.OPEN_AI_ORGANIZATION_ID, found.OPENAI_MODEL_NAME], ["org", "llama"]);
    });
});

describe("the environment of the websocket server", () => {
    const soketi = {
        PM2_HOME: "/tmp/.pm2",
        SOKETI_DEFAULT_APP_ID: "id",
        SOKETI_DEFAULT_APP_KEY: "key",
        SOKETI_DEFAULT_APP_SECRET: "Secret keep.app/pusher-app-secret",
        SOKETI_METRICS_ENABLED: "1",
    };

    it("has its one application", async () => {
        assert.deepEqual(await env("websocket"), soketi);
    });

    it("shares events through Redis, under a name of this release's own", async () => {
        assert.deepEqual(await env("websocket", { ...scaled, release: "mine", namespace: { name: "monitoring" } }), {
            ...soketi,
            SOKETI_DEFAULT_APP_SECRET: "Secret mine.app/pusher-app-secret",
            SOKETI_ADAPTER_DRIVER: "redis",
            SOKETI_ADAPTER_REDIS_PREFIX: "monitoring-mine",
            SOKETI_DB_REDIS_HOST: "mine-redis",
            SOKETI_DB_REDIS_PASSWORD: "Secret mine.redis/password-json",
            SOKETI_DB_REDIS_PORT: "6379",
        });
    });
});
