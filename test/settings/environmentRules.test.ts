import { accepts } from "../support/refusals";

describe("what processes find in their environment", () => {
    accepts({
        "a model and its key": { openai: { model: "gpt-5" }, openaiApiKey: "k" },
        "a key with the usual model": { openaiApiKey: "k" },
        "addresses that look as if they had a password": {
            backend: {
                env: {
                    REFERENCE: "redis://u:$(PASSWORD)@h",
                    SCOPED: "https://npm.example.com:8443/@team/package",
                    MAIL: "mailto:team:alerts@example.com",
                    HOSTS: "http://a:80 and b@c",
                },
                args: ["--from=registry.example.com:5000/keep@sha256:0123", "redis://u:${PASSWORD}@h"],
                podAnnotations: { contact: "team:alerts@example.com" },
            },
        },
        "variables named like credentials that contain none": {
            backend: {
                env: {
                    API_TOKEN: "$(TOKEN_OF_VAULT)",
                    RESET_PASSWORD: "false",
                    CLIENT_SECRET: "/etc/keep/client-secret",
                    OAUTH_TOKEN: "https://sso.example.com/token",
                    SMTP_PASSWORD: "",
                    POSTHOG_API_KEY: "phc_abcdefgh",
                    AWS_ACCESS_KEY_ID: "AKIA",
                    TOKEN_SECONDS: "60",
                },
                args: ["--cookie-secret-file=/run/secrets/cookie", "--password=$(SMTP_PASSWORD)"],
            },
        },
        "a project of BigQuery, with a secret store elsewhere": {
            backend: { env: { GOOGLE_CLOUD_PROJECT: "monitoring" } },
            worker: { env: { GOOGLE_CLOUD_PROJECT: "monitoring" } },
            redis: { kind: "bundled" },
            database: { kind: "postgres" },
        },
        "workflows and providers from variables, beside other content of the stack": {
            backend: { env: { KEEP_WORKFLOW: "workflow: {id: a}", KEEP_PROVIDERS_DIRECTORY: "/data/providers" } },
            provision: { mappings: "test/support/provision/mappings" },
        },
        "the same as a secret variable": { secretEnv: '{"backend":{"GOOGLE_CLOUD_PROJECT":"monitoring"}}' },
        "references and dollar signs that Kubernetes leaves alone": {
            frontend: { env: { NOTE: "$(HOSTNAME) costs $$5" } },
            ingress: { kind: "nginx", annotations: { "example.com/note": "$$host" } },
            openai: { model: "a$b" },
            openaiApiKey: "k",
        },
        "values as Keep reads them": {
            backend: {
                env: {
                    LOG_LEVEL: "WARN",
                    KEEP_USE_LIMITER: "True",
                    KEEP_LIMIT_CONCURRENCY: "1 per second; 600/15 minutes",
                    KEEP_EVENT_WORKERS: 8,
                    ARQ_MAX_HEARTBEAT_AGE: "120",
                    KEEP_ENRICHMENT_DISABLED: "False",
                    MIN_INCIDENT_ALERTS_FOR_SUMMARY_GENERATION: 0,
                    KEEP_STORE_RAW_ALERTS: true,
                    KEEP_PULL_INTERVAL: "$(MINUTES)",
                    KEEP_WATCHER_LAPSED_TIME: "120",
                    MINUTES: "60",
                },
            },
            frontend: { env: { HIDE_NAVBAR_MAPPING: "True", PUBLIC_DEFAULT_TOAST_POSITION: "bottom-center" } },
        },
        "statements of SQL in the log of a Keep whose credentials are elsewhere": {
            backend: { env: { DATABASE_ECHO: "true" } },
        },
        "variables that more than one tier reads, libraries read, or Keep does not know": {
            backend: { env: { KEEP_READ_ONLY: "true", HOSTNAME: "keep", MY_SCRIPT: "x" } },
            frontend: { env: { KEEP_READ_ONLY: "true", AWS_REGION: "eu-west-1", SSL_CERT_FILE: "/ca.pem" } },
            websocket: { env: { NODE_ENV: "production", SOKETI_DEBUG: "0", MY_SCRIPT: "x" } },
        },
        "options of Soketi, with Keep's application": {
            websocket: {
                env: {
                    SOKETI_APP_MANAGER_DRIVER: "array",
                    SOKETI_DEFAULT_APP_ENABLED: true,
                    SOKETI_DEFAULT_APP_MAX_CONNS: 200,
                    SOKETI_MODE: "server",
                },
            },
        },
        "options of Soketi without a value": {
            websocket: { env: { SOKETI_APP_MANAGER_DRIVER: "", SOKETI_DEFAULT_APP_ENABLED: "", SOKETI_MODE: "full" } },
        },
        "functions of the workers, and a second of the minute": {
            worker: {
                env: {
                    ARQ_BACKGROUND_FUNCTIONS:
                        "keep.api.tasks.process_event_task.async_process_event, keep.api.tasks.process_incident_task.async_process_incident",
                    KEEP_WATCHER_LAPSED_TIME: "60",
                },
            },
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
        },
        "endpoints of traces and metrics that Keep can use": {
            backend: {
                env: {
                    OTEL_EXPORTER_OTLP_ENDPOINT: "https://collector.otel",
                    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "HTTP://collector.otel:4318/v1/traces",
                },
            },
            worker: { env: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "grpc://collector.otel:4317" } },
            consumer: {
                env: {
                    METRIC_OTEL_ENABLED: true,
                    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://collector.otel:4317",
                },
            },
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
        },
        "an endpoint whose exporter may be in a Secret": {
            backend: { env: { OTLP_ENDPOINT: "http://collector.otel:4318" }, envFrom: [{ secret: "telemetry" }] },
        },
        "an endpoint for an exporter that an operator adds": {
            backend: {
                env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector.otel:4318" },
                podAnnotations: { "instrumentation.opentelemetry.io/inject-python": "true" },
            },
        },
        "an exporter that is off": {
            backend: { env: { METRIC_OTEL_ENABLED: false, OTEL_EXPORTER_OTLP_ENDPOINT: "" } },
        },
        "a proxy that is told who asks, but no password": { proxy: { http: "http://me@proxy:3128" } },
    });
});
