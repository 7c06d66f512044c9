import assert from "node:assert/strict";

import { convert } from "../../../tools/fromChart/convert";
import { remarks } from "../../../tools/fromChart/remarks";
import { become, listOf, secret, type VariableCases } from "./variableCases";

const CASES: VariableCases = {
    "secrets that are in Secrets": [
        {
            AUTH_TYPE: "DB",
            KEEP_DEFAULT_PASSWORD: secret("auth", "pw"),
            OPENAI_API_KEY: secret("llm", "key"),
            REDIS: "true",
            REDIS_HOST: "redis",
            REDIS_PASSWORD: secret("redis", "password"),
        },
        {},
        {
            settings: {
                existingSecrets: {
                    firstUserPassword: { name: "auth", key: "pw" },
                    openaiApiKey: { name: "llm", key: "key" },
                },
                redis: { kind: "external", host: "redis", passwordSecret: { name: "redis", key: "password" } },
            },
        },
    ],
    "variables of the other tier": [
        { HIDE_NAVBAR_MAPPING: "true", KEEP_READ_ONLY: "true" },
        { LOG_FORMAT: "dev_terminal", DATABASE_NAME: "keep" },
        {
            settings: { backend: { env: { KEEP_READ_ONLY: "true" } }, frontend: undefined },
            left: {
                "backend.env HIDE_NAVBAR_MAPPING": /^It has no effect here: it is only read by the user interface\.$/,
                "frontend.env LOG_FORMAT": /^It has no effect here: it is only read by the API and the workers\.$/,
                "frontend.env DATABASE_NAME": /^It has no effect here/,
            },
        },
    ],
    "settings that are in Secrets": [
        { OPENAI_MODEL_NAME: secret("llm", "model"), POD_NAMESPACE: { fieldRef: true } },
        {},
        {
            settings: { backend: { env: { POD_NAMESPACE: { field: "metadata.namespace" } } }, openai: undefined },
            left: {
                "backend.env OPENAI_MODEL_NAME":
                    /keep:openai\.model cannot be a reference.*key model in the Secret llm/,
            },
        },
    ],
    "the model and the pool": [
        {
            DATABASE_CONNECTION_STRING: "postgresql+psycopg2://keep:pw@pg.example.com:5432/keep",
            DATABASE_POOL_SIZE: "4",
            DATABASE_MAX_OVERFLOW: 3,
            OPENAI_API_KEY: "sk-1",
            OPENAI_BASE_URL: "http://llm.example.com/v1",
            OPENAI_MODEL_NAME: "small",
        },
        { OPENAI_MODEL_NAME: "small" },
        {
            settings: {
                database: { kind: "external", engine: "postgres", pool: { size: 4, maxOverflow: 3 } },
                openai: { baseUrl: "http://llm.example.com/v1", model: "small" },
            },
            secrets: {
                databaseUrl: "postgresql+psycopg2://keep:pw@pg.example.com:5432/keep",
                openaiApiKey: "sk-1",
            },
        },
    ],
    "a model without a key": [
        { OPENAI_BASE_URL: "http://llm.example.com/v1" },
        {},
        {
            settings: { openai: undefined },
            left: {
                "backend.env OPENAI_BASE_URL": /^http:\/\/llm\.example\.com\/v1: left out: keep:openai has no API key/,
            },
        },
    ],
    "Redis behind Sentinels": [
        {
            DATABASE_CONNECTION_STRING: "mysql+pymysql://keep:pw@db.example.com/keep",
            REDIS: "true",
            REDIS_HOST: "redis",
            REDIS_SENTINEL_ENABLED: "true",
            REDIS_SENTINEL_HOSTS: "a:26379,b:26379",
            REDIS_SENTINEL_SERVICE_NAME: "keep",
            REDIS_DB: "2",
            REDIS_SSL: "false",
        },
        {},
        {
            settings: {
                redis: {
                    kind: "external",
                    sentinel: { hosts: ["a:26379", "b:26379"], service: "keep" },
                    tls: false,
                },
            },
            left: {
                "backend.env REDIS_DB": /its queue is always in database 0/,
                "backend.env REDIS_HOST": /Redis Sentinel provides the address/,
            },
        },
    ],
    "Redis that is off": [
        { REDIS: "false", REDIS_HOST: "redis" },
        {},
        { settings: { redis: undefined }, left: { "backend.env REDIS_HOST": /REDIS is not true/ } },
    ],
    "an address that only the API has": [
        { KEEP_API_URL: "https://keep.example.com/v2" },
        {},
        {
            settings: { publicUrl: "https://keep.example.com" },
            left: { "backend.env KEEP_API_URL": /is derived from keep:publicUrl and keep:ingress/ },
        },
    ],
    "a Pusher of one's own, while Soketi runs": [
        { PUSHER_HOST: "push.example.com", PUSHER_APP_KEY: "mine" },
        {},
        {
            settings: { websocket: undefined },
            left: {
                "backend.env PUSHER_HOST": /Set by keep:websocket/,
                "backend.env PUSHER_APP_KEY": /Set by keep:websocket/,
            },
        },
    ],
    "what Kubernetes puts together": [
        { PROXY_PASSWORD: secret("proxy", "pw"), HTTP_PROXY: "http://me:$(PROXY_PASSWORD)@proxy:3128" },
        {},
        {
            settings: {
                backend: {
                    env: {
                        PROXY_PASSWORD: { secret: { name: "proxy", key: "pw" } },
                        HTTP_PROXY: "http://me:$(PROXY_PASSWORD)@proxy:3128",
                    },
                },
            },
        },
    ],
    "no dashboards": [{ KEEP_DASHBOARDS: "[]" }, {}, { settings: { backend: undefined }, left: {} }],
    "names with dots": [{ "a.b": "1" }, {}, { settings: { backend: { env: { "a.b": "1" } } } }],
    "no value, and none that can be read here": [
        { EMPTY: { value: null }, HELM: "{{ .Release.Name }}", KEEP_DASHBOARDS: "[{}]", KEEP_DEFAULT_API_KEYS: "" },
        {},
        {
            settings: { backend: undefined },
            left: {
                "backend.env EMPTY": /not text/,
                "backend.env HELM": /template/,
                "backend.env KEEP_DASHBOARDS": /JSON of dashboards/,
                "backend.env KEEP_DEFAULT_API_KEYS": /It is empty/,
            },
        },
    ],
};

describe("from-chart's variables", () => {
    become(CASES);

    it("reads the address of Redis from the Secret that the values name", () => {
        const reference = (key: string) => ({ secretKeyRef: { secretName: "redis", secretKey: key } });
        const env = [
            ...listOf({ REDIS: "true" }),
            { name: "REDIS_HOST", ...reference("host") },
            { name: "REDIS_PORT", valueFrom: { secretKeyRef: { name: "redis", key: "port" } } },
        ];
        const { settings, left, unfinished } = convert({ database: { type: "postgres" }, backend: { env } });
        assert.deepEqual(settings.redis, {
            kind: "external",
            hostSecret: { name: "redis", key: "host" },
            portSecret: { name: "redis", key: "port" },
        });
        assert.deepEqual([left, unfinished], [[], []]);
    });

    it("never set an empty secret", () => {
        const [backend] = CASES["secrets that are in Secrets"] ?? [{}];
        const printed = remarks(convert({ backend: { env: listOf(backend) } }));
        assert.doesNotMatch(printed, /-- ''/);
    });

    it("count from envRender and envRenderSecret, unless backend.env sets them as well", () => {
        const { settings, secrets, left } = convert({
            backend: {
                env: listOf({ LOG_LEVEL: "INFO" }),
                envRender: { AUTH_TYPE: "DB", KEEP_DEFAULT_USERNAME: "admin", LOG_LEVEL: "DEBUG" },
                envRenderSecret: { OPENAI_API_KEY: "sk-1", REGION: "eu" },
            },
        });
        assert.deepEqual(settings.auth, { kind: "db", username: "admin" });
        assert.deepEqual(settings.backend, { env: { LOG_LEVEL: "INFO" } });
        assert.deepEqual(secrets, { openaiApiKey: "sk-1", secretEnv: '{"backend":{"REGION":"eu"}}' });
        assert.deepEqual(left, [
            { value: "backend.envRender LOG_LEVEL", because: "backend.env sets the variable, and takes precedence." },
        ]);
    });

    it("are the workers', too, with all that API pods have, when there is Redis", () => {
        const pods = {
            envFromSecret: "more",
            extraVolumes: [{ name: "extra", emptyDir: {} }],
            extraVolumeMounts: [{ name: "extra", mountPath: "/extra" }],
            nodeSelector: { disk: "ssd" },
            tolerations: [{ key: "keep", operator: "Exists" }],
        };
        const env = listOf({ REDIS: "true", REDIS_HOST: "redis", LOG_LEVEL: "DEBUG", MY_TOKEN: "t0ken" });
        const { settings, secrets } = convert({ database: { type: "postgres" }, backend: { ...pods, env } });
        assert.deepEqual(settings.worker, {
            env: { LOG_LEVEL: "DEBUG" },
            envFrom: [{ secret: "more" }],
            nodeSelector: { disk: "ssd" },
            tolerations: [{ key: "keep", operator: "Exists" }],
            volumes: [{ name: "extra", emptyDir: {} }],
            volumeMounts: [{ name: "extra", mountPath: "/extra" }],
        });
        assert.deepEqual(settings.worker, settings.backend);
        assert.equal(secrets.secretEnv, '{"backend":{"MY_TOKEN":"t0ken"},"worker":{"MY_TOKEN":"t0ken"}}');
    });
});
