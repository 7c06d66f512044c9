import type { EnvTier } from "../../secrets/settings";
import { oneOf } from "../../fields/vocabulary";

/** The values that Keep reads from a variable: a pattern, and the rest of a message about another value. */
export interface ValueForm {
    readonly pattern: RegExp;
    readonly fault: string;
}

function choiceOf(values: readonly string[]): ValueForm {
    return {
        pattern: new RegExp(`^(${values.join("|")})$`),
        fault: `is not a value that Keep knows. Write ${oneOf(values)}`,
    };
}

/** Anything else ends the process at its start: int() of Python. */
const wholeNumber: ValueForm = { pattern: /^\d+$/, fault: "is not a whole number. Write digits alone" };
const positiveNumber: ValueForm = { pattern: /^0*[1-9]\d*$/, fault: "is not a whole number above 0. Write one" };

const SWITCH_FAULT = "is neither true nor false. Write one of the two";
/** Anything else ends the process at its start (starlette/config.py, _perform_cast). */
const castSwitch: ValueForm = { pattern: /^(true|false|1|0)$/i, fault: SWITCH_FAULT };
/** Compared with the text `true` or `false`, so that Keep silently takes anything else as the other. */
const exactSwitch: ValueForm = { pattern: /^(true|false)$/, fault: `${SWITCH_FAULT}, in lower case` };
const looseSwitch: ValueForm = { pattern: /^(true|false)$/i, fault: SWITCH_FAULT };
/** Read without a cast, so that Keep takes any text but an empty one as true, even `false`. */
const presence: ValueForm = {
    pattern: /^(true)?$/,
    fault: "turns it on, because Keep takes any text for true. Write true, or remove it",
};

/** The workers run the watcher at this second of each minute. For another, arq would search without end (keep/api/arq_worker.py). */
const second: ValueForm = {
    pattern: /^0*([1-9]|[1-5]\d|60)$/,
    fault: "is not a second of the minute, 1 to 60. Write one",
};

const PATH = String.raw`\s*\w+(\.\w+)+\s*`;
/** Keep imports each, with its module; anything else ends the workers at their start (keep/api/arq_worker.py). */
const functions: ValueForm = {
    pattern: new RegExp(`^${PATH}(,${PATH})*$`),
    fault: "is not a list of functions with their modules. Write it like keep.api.tasks.process_event_task.async_process_event, or remove it",
};

/** A limit of https://limits.readthedocs.io/en/stable/quickstart.html#rate-limit-string-notation, or several. */
const LIMIT = String.raw`\s*\d+\s*(/|\s*per\s*)\s*\d*\s*(hour|minute|second|day|month|year)s?\s*`;
const rate: ValueForm = {
    pattern: new RegExp(`^${LIMIT}([,;|]${LIMIT})*$`, "i"),
    fault: "is not a limit. Write it like 100/minute",
};

/**
 * Keep selects its exporter by the scheme; any other ends the process at its start (keep/api/observability.py). Its
 * exporter for HTTP adds no path (opentelemetry-exporter-otlp-proto-http 1.29.0), and collectors take none at `/`.
 */
const tracesEndpoint: ValueForm = {
    pattern: /^(|http:\/\/[^/\s]+\/\S+|grpc:\/\/[^/\s]+\/?)$/i,
    fault: "is not an endpoint to which Keep sends traces: it takes no https, and adds no path. Write it like http://collector.otel:4318/v1/traces, or like grpc://collector.otel:4317 for gRPC with TLS",
};

/** Keep's exporter of metrics uses gRPC, which ignores a path, and TLS without a scheme (opentelemetry-exporter-otlp-proto-grpc 1.29.0). */
const metricsEndpoint: ValueForm = {
    pattern: /^(|(https?|grpc):\/\/[^/\s]+\/?)$/i,
    fault: "is not an endpoint to which Keep sends metrics: it uses gRPC, with a scheme and without a path. Write it like http://collector.otel:4317, or with https for TLS",
};

/** Names of Python's levels; another ends the process at its start (keep/api/logging.py). */
const level = choiceOf(["DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL", "FATAL", "NOTSET"]);

/**
 * Variables of Keep's Python program that take certain values only, of those without a setting. They are all that
 * `config(…)` and `os.environ` read in keep/ and ee/ (docs/environment.md).
 */
export const processValues: Readonly<Record<string, ValueForm>> = {
    LOG_LEVEL: level,
    LOG_FORMAT: choiceOf(["open_telemetry", "dev_terminal"]),
    KEEP_OTEL_ENABLED: castSwitch,
    METRIC_OTEL_ENABLED: looseSwitch,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: metricsEndpoint,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: tracesEndpoint,
    CLOUD_TRACE_ENABLED: castSwitch,
    KEEP_USE_LIMITER: castSwitch,
    KEEP_LIMIT_CONCURRENCY: rate,
    KEEP_EVENT_WORKERS: positiveNumber,
    KEEP_MAX_WORKFLOW_WORKERS: positiveNumber,
    MAINTENANCE_WINDOW_STRATEGY: choiceOf(["default", "recover_previous_status"]),
    KEEP_MAINTENANCE_WINDOWS_ENABLED: exactSwitch,
    KEEP_WATCHER_LAPSED_TIME: positiveNumber,
    KEEP_STORE_RAW_ALERTS: exactSwitch,
    KEEP_STORE_WORKFLOW_LOGS: looseSwitch,
    KEEP_STORE_PROVIDER_LOGS: looseSwitch,
    KEEP_AUDIT_EVENTS_ENABLED: exactSwitch,
    KEEP_CORRELATION_ENABLED: exactSwitch,
    KEEP_PULL_DATA_ENABLED: exactSwitch,
    KEEP_PULL_INTERVAL: wholeNumber,
    KEEP_LAST_ALERTS_LIMIT: positiveNumber,
    TENANT_CONFIGURATION_RELOAD_TIME: wholeNumber,
    ARQ_BACKGROUND_FUNCTIONS: functions,
    ARQ_KEEP_RESULT: wholeNumber,
    ARQ_EXPIRES: positiveNumber,
    ARQ_MAX_HEARTBEAT_AGE: positiveNumber,
    ARQ_NUMBER_OF_ERRORS_BEFORE_RESTART: positiveNumber,
    KEEP_TOPOLOGY_PROCESSOR_INTERVAL: positiveNumber,
    KEEP_TOPOLOGY_PROCESSOR_LOOK_BACK_WINDOW: positiveNumber,
    KEEP_ENRICHMENT_DISABLED: castSwitch,
    KEEP_CUSTOM_DEDUPLICATION_ENABLED: castSwitch,
    KEEP_DEDUPLICATION_DISTRIBUTION_ENABLED: castSwitch,
    MIN_INCIDENT_ALERTS_FOR_SUMMARY_GENERATION: wholeNumber,
    AWS_SECRET_ROTATION_ENABLED: castSwitch,
    AWS_SECRET_ROTATION_DAYS: positiveNumber,
    PUSHER_POLLING_INTERVAL: wholeNumber,
    ELASTIC_REFRESH_STRATEGY: choiceOf(["true", "false", "wait_for"]),
    KEEP_AI_DISABLE_TEMPERATURE: looseSwitch,
    KEEP_EMAILS_ENABLED: castSwitch,
    DATABASE_ECHO: castSwitch,
    CONSUMER: castSwitch,
    SCHEDULER: castSwitch,
    KEEP_ALERT_FIELDS_ENABLED: exactSwitch,
    KEEP_ALLOW_MESH_ALERT_INGESTION: exactSwitch,
    KEEP_ARQ_TASK_POOL: choiceOf(["all", "basic_processing"]),
    KEEP_CALCULATE_START_FIRING_TIME_ENABLED: exactSwitch,
    KEEP_CLOUDWATCH_DISABLE_API_KEY: presence,
    KEEP_DEBUG_MIDDLEWARES: castSwitch,
    KEEP_DEBUG_TASKS: castSwitch,
    KEEP_EXTRACT_IDENTITY: castSwitch,
    KEEP_FORCE_CONNECTION_STRING: castSwitch,
    KEEP_FORCE_RESET_DEFAULT_PASSWORD: castSwitch,
    KEEP_IMPERSONATION_AUTO_PROVISION: exactSwitch,
    KEEP_IMPERSONATION_ENABLED: exactSwitch,
    KEEP_LIVE_DEMO_MODE: looseSwitch,
    KEEP_METRICS: castSwitch,
    KEEP_NO_AUTH_METRICS: castSwitch,
    KEEP_PROVIDER_DISTRIBUTION_ENABLED: castSwitch,
    KEEP_READ_ONLY: exactSwitch,
    KEEP_SECURE_EVAL: looseSwitch,
    // Also compared with true (keep/topologies/topology_processor.py), so not 1.
    KEEP_TOPOLOGY_PROCESSOR: looseSwitch,
    KEEP_USE_PROVIDER_CACHE: presence,
    LOG_AUTH_PAYLOAD: exactSwitch,
    SKIP_KEYCLOAK_ONSTART: exactSwitch,
    USE_NGROK: exactSwitch,
    WORKFLOW_MANAGER_DEBUG: castSwitch,
};

/** The same of the user interface: all of `process.env` in keep-ui/. */
export const frontendValues: Readonly<Record<string, ValueForm>> = {
    HIDE_NAVBAR_DEDUPLICATION: looseSwitch,
    HIDE_NAVBAR_WORKFLOWS: looseSwitch,
    HIDE_NAVBAR_SERVICE_TOPOLOGY: looseSwitch,
    HIDE_NAVBAR_MAPPING: looseSwitch,
    HIDE_NAVBAR_EXTRACTION: looseSwitch,
    HIDE_NAVBAR_MAINTENANCE_WINDOW: looseSwitch,
    HIDE_NAVBAR_AI_PLUGINS: looseSwitch,
    KEEP_READ_ONLY: exactSwitch,
    KEEP_HIDE_SENSITIVE_FIELDS: exactSwitch,
    NOISY_ALERTS_ENABLED: exactSwitch,
    KEEP_TICKETING_ENABLED: looseSwitch,
    KEEP_WF_LIST_EXTENDED_INFO: looseSwitch,
    KEEP_WORKFLOW_DEBUG: exactSwitch,
    SHOW_BUILD_INFO: exactSwitch,
    AUTH_DEBUG: exactSwitch,
    PUBLIC_DEFAULT_TOAST_POSITION: choiceOf(
        ["top", "bottom"].flatMap((edge) => ["left", "center", "right"].map((side) => `${edge}-${side}`)),
    ),
};

/** The same of Soketi 1.6.1, which takes an empty value as its default (src/cli/cli.ts of soketi/soketi). */
const websocketValues: Readonly<Record<string, ValueForm>> = {
    // The other drivers read applications from a database (src/app-managers/app-manager.ts).
    SOKETI_APP_MANAGER_DRIVER: {
        pattern: /^(array)?$/,
        fault: "replaces Keep's application, so live updates would not work. Write array, or remove it",
    },
    // Soketi refuses connections to an application that is off (src/ws-handler.ts).
    SOKETI_DEFAULT_APP_ENABLED: {
        pattern: /^(true|1)?$/i,
        fault: "is not true, so Keep's application could be off, and live updates would not work. Write true, or remove it",
    },
    // In another mode, Soketi takes no connections (canProcessRequests in src/server.ts).
    SOKETI_MODE: {
        pattern: /^(full|server)?$/,
        fault: "is not a mode in which Soketi takes connections. Write full or server, or remove it",
    },
    // All options are printed at the start (src/server.ts).
    SOKETI_DEBUG: {
        pattern: /^(0|false)?$/,
        fault: "prints the secret of the app and the password of Redis to the log. Remove it",
    },
};

const BY_TIER: Readonly<Partial<Record<EnvTier, Readonly<Record<string, ValueForm>>>>> = {
    backend: processValues,
    worker: { ...processValues, KEEP_WATCHER_LAPSED_TIME: second },
    consumer: processValues,
    frontend: frontendValues,
    websocket: websocketValues,
};

/** The values that a variable of a tier takes; undefined if the program does not know them. */
export function valueForm(tier: string, name: string): ValueForm | undefined {
    const forms = Object.hasOwn(BY_TIER, tier) ? (BY_TIER[tier as EnvTier] ?? {}) : {};
    return Object.hasOwn(forms, name) ? forms[name] : undefined;
}

/** Why Keep cannot read a value of a variable, or reads it as something else; undefined if it can. */
export function valueFault(tier: string, name: string, value: string): string | undefined {
    const form = valueForm(tier, name);
    return form === undefined || value.includes("$(") || form.pattern.test(value) ? undefined : form.fault;
}
