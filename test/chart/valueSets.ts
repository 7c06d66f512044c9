import type { ChartValues } from "../../tools/fromChart/row";

const HOST = { global: { ingress: { hosts: [{ host: "keep.example.com" }] } } };
const PLACE = {
    nodeSelector: { disk: "ssd" },
    tolerations: [{ key: "keep", operator: "Exists" }],
    resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "2Gi" } },
};
const external = (value: string) => ({ name: "DATABASE_CONNECTION_STRING", value });

/** Values as teams have them, by what they are about: each is compared with what from-chart and this project make of it. */
export const valueSets: Readonly<Record<string, ChartValues>> = {
    "a host alone": HOST,
    "TLS and two hosts": {
        global: {
            ingress: {
                hosts: [{ host: "keep.example.com" }, { host: "alerts.example.com" }],
                tls: [{ hosts: ["keep.example.com", "alerts.example.com"], secretName: "keep-tls" }],
                annotations: { "example.com/owner": "ops" },
            },
        },
    },
    "HAProxy with prefixes of its own": {
        global: {
            ingress: {
                ...HOST.global.ingress,
                className: "haproxy",
                backendPrefix: "/keep-api",
                websocketPrefix: "/live",
            },
        },
    },
    Traefik: { global: { ingress: { ...HOST.global.ingress, className: "traefik" } } },
    "PostgreSQL in the cluster": {
        ...HOST,
        backend: { env: [external("postgresql+psycopg2://postgres:mysecretpassword@keep-database:5432/keep")] },
        database: {
            type: "postgres",
            pvc: { size: "50Gi", storageClass: "fast" },
            postgres: { image: { tag: "17.2" }, config: { maxConnections: 500, sharedBuffers: "512MB" } },
            ...PLACE,
        },
    },
    "an address in a Secret": {
        ...HOST,
        database: { enabled: false, type: "postgres" },
        backend: {
            waitForDatabase: { enabled: false },
            databaseConnectionStringFromSecret: { enabled: true, secretName: "keep-db", secretKey: "url" },
            env: [{ name: "SECRET_MANAGER_TYPE", value: "k8s" }],
        },
    },
    "Redis and autoscalers": {
        ...HOST,
        database: { enabled: false },
        backend: {
            env: [
                external("mysql+pymysql://keep:pw@mysql.example.com:3306/keep"),
                { name: "REDIS", value: "true" },
                { name: "REDIS_HOST", value: "redis.example.com" },
                { name: "REDIS_PORT", value: "6380" },
                { name: "AUTH_TYPE", value: "DB" },
            ],
            autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 6, targetCPUUtilizationPercentage: 70 },
        },
        frontend: { autoscaling: { enabled: true, maxReplicas: 4 } },
        websocket: { autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 4 } },
    },
    "Routes of OpenShift": {
        global: { ingress: { enabled: false } },
        frontend: { route: { enabled: true, host: "keep.apps.example.com" } },
        backend: { route: { enabled: true, host: "keep-api.apps.example.com" } },
        websocket: { route: { enabled: true, host: "keep-live.apps.example.com" } },
    },
    "everything that pods can be given": {
        ...HOST,
        fullnameOverride: "alerts",
        serviceAccount: { name: "keep-account", annotations: { "example.com/role": "keep" } },
        openAiApi: { enabled: true, openAiApiKey: "sk-1" },
        backend: {
            ...PLACE,
            replicaCount: 1,
            image: { repository: "registry.example.com/keep-api", tag: "0.54.2", pullPolicy: "IfNotPresent" },
            imagePullSecrets: [{ name: "registry" }],
            podAnnotations: { team: "ops" },
            service: { type: "NodePort" },
            env: [
                { name: "LOG_LEVEL", value: "DEBUG" },
                { name: "REGION", configMapKeyRef: { name: "facts", key: "region" } },
                { name: "SMTP_USER", secretKeyRef: { secretName: "smtp", secretKey: "user" } },
                { name: "SECRET_MANAGER_TYPE", value: "k8s" },
            ],
            envFromSecrets: [{ name: "more-env", prefix: "MORE_" }],
            envFromConfigMaps: [{ name: "more-settings" }],
            extraInitContainers: [
                {
                    name: "first",
                    image: "busybox:1.37",
                    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                },
            ],
            extraVolumes: [{ name: "extra", emptyDir: {} }],
            extraVolumeMounts: [{ name: "extra", mountPath: "/extra" }],
        },
        frontend: {
            ...PLACE,
            replicaCount: 2,
            image: { repository: "registry.example.com/keep-ui", tag: "0.54.2" },
            env: [{ name: "NEXT_PUBLIC_MODE", value: "ops" }],
            envFromSecret: "ui-env",
        },
        websocket: { ...PLACE, image: { tag: "1.6.1-16-debian" } },
    },
    "no Ingress, no live updates": {
        global: { ingress: { enabled: false } },
        websocket: { enabled: false },
        backend: { provision: { providers: { mock: { type: "mock", authentication: {} } } } },
    },
};
