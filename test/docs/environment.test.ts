import assert from "node:assert/strict";

import { reservedEnv } from "../../components/settings/managedEnv";
import { frontendValues, processValues, valueFault } from "../../components/settings/managedEnv/values";
import { KEEP_VERSION } from "../../components/fields/version";
import { stackSchema } from "../../components/settings/schema";
import { unmanagedVariables } from "../../tools/docs/environment";

/** The version of Keep whose documents DOCUMENTED was taken from. */
const VERSION = "0.54.2";

/** Every variable that Keep documents (docs/deployment/configuration.mdx). */
const DOCUMENTED = `
ALERT_SIDEBAR_FIELDS API_URL ARQ_BACKGROUND_FUNCTIONS ARQ_EXPIRES ARQ_EXPIRES_AI ARQ_KEEP_RESULT AUTH_SESSION_TIMEOUT
AUTH_TYPE CLOUD_TRACE_ENABLED CONSUMER DATABASE_CONNECTION_STRING DATABASE_ECHO DATABASE_MAX_OVERFLOW
DATABASE_POOL_SIZE DB_CONNECTION_NAME DB_IP_TYPE DB_NAME DB_SERVICE_ACCOUNT ELASTIC_API_KEY ELASTIC_ENABLED
ELASTIC_HOSTS ELASTIC_INDEX_SUFFIX ELASTIC_PASSWORD ELASTIC_USER ENVIRONMENT HIDE_NAVBAR_AI_PLUGINS
HIDE_NAVBAR_CORRELATION HIDE_NAVBAR_EXTRACTION HIDE_NAVBAR_MAINTENANCE_WINDOW HIDE_NAVBAR_MAPPING
HIDE_NAVBAR_SERVICE_TOPOLOGY HIDE_NAVBAR_WORKFLOWS KEEP_AI_DISABLE_TEMPERATURE KEEP_ALLOW_MESH_ALERT_INGESTION
KEEP_API_URL KEEP_DEFAULT_API_KEYS KEEP_DEFAULT_PASSWORD KEEP_DEFAULT_USERNAME KEEP_FORCE_RESET_DEFAULT_PASSWORD
KEEP_HIDE_SENSITIVE_FIELDS KEEP_HOST KEEP_JWT_SECRET KEEP_LIMIT_CONCURRENCY KEEP_LIVE_DEMO_MODE KEEP_STORE_RAW_ALERTS
KEEP_USE_LIMITER KEEP_VERSION KEEP_WF_LIST_EXTENDED_INFO LOG_AUTH_PAYLOAD LOG_FORMAT LOG_LEVEL
MAINTENANCE_WINDOW_STRATEGY METRIC_OTEL_ENABLED NEXTAUTH_SECRET NEXTAUTH_URL NGROK_AUTH_TOKEN NGROK_DOMAIN
OPENAI_API_KEY OPENAI_BASE_URL OPENAI_MODEL_NAME OPEN_AI_ORGANIZATION_ID OTEL_EXPORTER_OTLP_ENDPOINT
OTEL_EXPORTER_OTLP_LOGS_ENDPOINT OTEL_EXPORTER_OTLP_METRICS_ENDPOINT OTEL_EXPORTER_OTLP_TRACES_ENDPOINT
OTEL_SERVICE_NAME OTLP_ENDPOINT PORT POSTHOG_API_KEY POSTHOG_DISABLED POSTHOG_HOST POSTHOG_KEY PROVISION_RESOURCES
PUSHER_APP_ID PUSHER_APP_KEY PUSHER_APP_SECRET PUSHER_CLUSTER PUSHER_DISABLED PUSHER_HOST PUSHER_PORT PUSHER_USE_SSL
REDIS REDIS_HOST REDIS_PASSWORD REDIS_PORT REDIS_SENTINEL_HOSTS REDIS_SENTINEL_SERVICE_NAME REDIS_USERNAME SCHEDULER
SECRET_MANAGER_DIRECTORY SECRET_MANAGER_TYPE SENTRY_DISABLED SERVICE_NAME SKIP_DB_CREATION
TENANT_CONFIGURATION_RELOAD_TIME USE_NGROK WATCHER_LAPSED_TIME
`
    .trim()
    .split(/\s+/);

const listed = Object.values(unmanagedVariables()).flatMap((group) => Object.keys(group));
const decided = new Set(Object.values(reservedEnv).flatMap((variables) => Object.keys(variables)));

describe("docs/environment.md", () => {
    it("has every variable that Keep documents", () => {
        assert.deepEqual(
            DOCUMENTED.filter((name) => !listed.includes(name) && !decided.has(name)),
            [],
        );
    });

    it("was compared with the documents of the default version", () => {
        assert.equal(KEEP_VERSION, VERSION);
    });

    it("describes a variable of a tier once, and none that a setting decides", () => {
        const { process, frontend, ...others } = unmanagedVariables();
        for (const variables of [process, frontend]) {
            const names = [variables, ...Object.values(others)].flatMap((group) => Object.keys(group));
            assert.deepEqual(names, [...new Set(names)]);
        }
        assert.deepEqual(
            listed.filter((name) => decided.has(name)),
            [],
        );
    });

    it("describes every variable whose values are validated, in the group of its tier", () => {
        const { process, frontend, avoid } = unmanagedVariables();
        const missing = (values: object, group: object) =>
            Object.keys(values).filter((name) => ![group, avoid].some((all) => Object.hasOwn(all, name)));
        // A setting decides the rest, in another tier.
        assert.deepEqual(
            missing(processValues, process).filter((name) => !decided.has(name)),
            [],
        );
        assert.deepEqual(missing(frontendValues, frontend), []);
    });

    it("gives defaults that the variables take", () => {
        const { process, frontend } = unmanagedVariables();
        const faults = Object.entries({ worker: process, frontend }).flatMap(([tier, variables]) =>
            Object.entries(variables)
                .filter(([name, [value]]) => value !== "" && valueFault(tier, name, value) !== undefined)
                .map(([name]) => name),
        );
        assert.deepEqual(faults, []);
    });

    it("names settings that exist", () => {
        const keys = Object.keys(stackSchema.shape);
        const owners = Object.values(reservedEnv).flatMap((variables) => Object.values(variables));
        const named = owners.flatMap((owner) => [...owner.matchAll(/keep:(\w+)/g)].map(([, key = ""]) => key));
        assert.deepEqual(
            named.filter(
                (key) => !keys.includes(key) && !/(Secret|Key|Url|Password|Token|Env|providers|apiKeys)$/.test(key),
            ),
            [],
        );
    });
});
