import { KEEP_VERSION } from "../../components/fields/version";

/** A section of docs/configuration.md. */
export interface KeyGroup {
    readonly title: string;
    /** Top-level keys, in the order of the page. */
    readonly keys: readonly string[];
}

/** The top-level keys by subject. */
export const keyGroups: readonly KeyGroup[] = [
    {
        title: "Installation",
        keys: ["publicUrl", "release", "namespace", "platform", "version", "size", "images", "labels", "telemetry"],
    },
    { title: "Access", keys: ["ingress", "extraIngresses", "auth"] },
    { title: "Data", keys: ["database", "redis", "elasticsearch", "secretStore", "backup", "retention"] },
    { title: "Components", keys: ["pods", "backend", "worker", "consumer", "frontend", "websocket"] },
    { title: "Network and trust", keys: ["networkPolicy", "proxy", "extraCa", "serviceAccount", "existingSecrets"] },
    { title: "Content", keys: ["setup", "provision", "openai"] },
    { title: "Operations", keys: ["monitoring", "verify", "adopt", "allow"] },
];

const postgres = { "keep:database": { kind: "postgres" } };
const redis = { "keep:redis": { kind: "bundled" } };

/**
 * An example of each top-level key, with the keys that it requires. test/docs/markdown.test.ts runs the program with
 * each.
 */
export const examples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    publicUrl: { "keep:publicUrl": "http://keep.localhost" },
    release: { "keep:release": "alerting" },
    namespace: { "keep:namespace": { name: "alerting", create: false } },
    platform: {
        "keep:publicUrl": "https://keep.apps.example.com",
        "keep:platform": "openshift",
        "keep:ingress": { kind: "openshift", tls: { defaultCertificate: true } },
    },
    version: { "keep:version": KEEP_VERSION },
    size: { "keep:size": "medium", ...postgres, ...redis },
    images: { "keep:images": { registry: "registry.example.com/mirror", pullSecrets: ["registry-credentials"] } },
    labels: { "keep:labels": { team: "platform" } },
    telemetry: { "keep:telemetry": true },
    ingress: {
        "keep:publicUrl": "https://keep.example.com",
        "keep:ingress": { kind: "traefik", tls: { clusterIssuer: "letsencrypt" }, hsts: {} },
    },
    extraIngresses: {
        "keep:ingress": { kind: "traefik" },
        "keep:extraIngresses": [
            { hosts: ["hooks.example.com"], tiers: ["backend"], ingress: { kind: "gateway", className: "envoy" } },
        ],
    },
    auth: { "keep:auth": { kind: "db", username: "admin" } },
    database: { "keep:database": { kind: "postgres", volume: { size: "50Gi", retain: true } } },
    redis: { ...postgres, "keep:redis": { kind: "bundled", volume: { size: "4Gi" } } },
    elasticsearch: {
        "keep:elasticsearch": {
            hosts: ["https://elastic.example.com:9200"],
            user: "keep",
            passwordSecret: { name: "elastic", key: "password" },
        },
    },
    secretStore: { "keep:secretStore": { kind: "database" } },
    backup: { "keep:backup": { kind: "volume", count: 7, volume: { size: "30Gi" } } },
    retention: { "keep:retention": { days: 90 } },
    pods: { "keep:pods": { nodeSelector: { "kubernetes.io/arch": "amd64" } } },
    backend: { ...postgres, "keep:backend": { replicas: 2, env: { LOG_LEVEL: "DEBUG" } } },
    worker: { ...postgres, ...redis, "keep:worker": { autoscaling: { min: 2, max: 5 } } },
    consumer: { ...postgres, "keep:consumer": { enabled: true } },
    frontend: { "keep:frontend": { replicas: 2 } },
    websocket: { "keep:websocket": { kind: "none" } },
    networkPolicy: { "keep:networkPolicy": { enabled: true, edge: [{ namespace: "traefik" }] } },
    proxy: { "keep:proxy": { https: "http://proxy.example.com:3128", noProxy: [".corp.example.com"] } },
    extraCa: { "keep:extraCa": { configMap: { name: "corporate-ca", key: "ca.pem" } } },
    serviceAccount: {
        "keep:serviceAccount": { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/keep" } },
    },
    existingSecrets: { "keep:existingSecrets": { jwtSecret: { name: "keep-app", key: "jwt" } } },
    setup: { "keep:setup": { timeoutSeconds: 3600 } },
    provision: { "keep:provision": { workflows: "provision/workflows", presets: "provision/presets" } },
    openai: { "keep:openai": { model: "gpt-4o" } },
    monitoring: { "keep:monitoring": { enabled: true, labels: { release: "kube-prometheus-stack" } } },
    verify: {
        "keep:publicUrl": "https://keep.example.com",
        "keep:ingress": { kind: "traefik", tls: { clusterIssuer: "letsencrypt" } },
        "keep:verify": { enabled: true },
    },
    adopt: {
        "keep:release": "keep",
        "keep:adopt": { helmRelease: "keep", namespace: "keep" },
        "keep:database": { kind: "mysql", user: "keep" },
    },
    allow: { "keep:allow": { downgradeFrom: "0.55.0" } },
};

/** Secret keys that examples require. */
export const exampleSecrets: Readonly<Record<string, string>> = { openai: "openaiApiKey", adopt: "databasePassword" };
