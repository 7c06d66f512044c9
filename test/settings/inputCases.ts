import type { KeepArgs } from "../../components/keep";
import { AUTHORITY } from "../support/certificate";

/** A setting that another resource may give: with which others, where, a value, and one that is refused when it is known. */
type Case = readonly [around: object, path: string, value: string | number, wrong?: string | number];

const external = { database: { kind: "external", engine: "postgres" }, databasePassword: "p" };
const okta = {
    auth: { kind: "okta", issuer: "https://team.okta.com/oauth2/default", clientId: "keep" },
    authClientSecret: "s",
};
/** A stack with PostgreSQL. */
export const postgres = { database: { kind: "postgres" } };
/** A public address with TLS. */
export const tls = { publicUrl: "https://keep.example.com" };
const gateway = {
    ...tls,
    ingress: { kind: "gateway", parentRef: { name: "edge" }, tls: { defaultCertificate: true } },
};
const alb = { ...tls, ingress: { kind: "alb", tls: { defaultCertificate: true } } };
const gcs = { ...postgres, backup: { kind: "gcs", bucket: "dumps" } };
const identity = { annotations: { "azure.workload.identity/client-id": "11111111-2222-3333-4444-555555555555" } };
const blob = { kind: "azure", account: "dumps", container: "dumps", serviceAccount: identity };
const azure = { ...postgres, backup: blob };
const s3 = { ...postgres, backup: { kind: "s3", bucket: "dumps", credentials: "s3" } };
const policies = { networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] } };
const elastic = { ...policies, elasticsearch: { hosts: ["https://a.example.com:9200", "https://b.example.com:9201"] } };
const sentinel = {
    ...postgres,
    ...policies,
    redis: { kind: "external", sentinel: { hosts: ["s0:26379", "s1"] } },
    worker: { autoscaling: { max: 3 }, queueLength: 5 },
};
const redis = { ...sentinel, redis: { kind: "external" } };
const keycloak = {
    ...policies,
    auth: {
        kind: "keycloak",
        url: "https://kc.example.com",
        realm: "r",
        adminUser: "root",
        clientId: "c",
        audience: "a",
    },
    authClientSecret: "s",
    keycloakAdminPassword: "p",
};
const auth0 = { auth: { kind: "auth0", domain: "a.auth0.com", clientId: "c" }, authClientSecret: "s" };
const entra = {
    kind: "azuread",
    clientId: "11111111-2222-3333-4444-555555555555",
    tenantId: "22222222-2222-2222-2222-222222222222",
    adminGroupId: "33333333-3333-3333-3333-333333333333",
};
const passwordSecret = { name: "db", key: "password" };
const fromSecrets = { database: { kind: "external", engine: "mysql", host: "db", passwordSecret } };
/** Network policies that admit addresses. */
export const edge = { networkPolicy: { enabled: true, edge: [{ cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] }] } };
const shared = { secretStore: { kind: "kubernetes", namespace: "ops", acceptShared: true } };
const bundled = { ...postgres, redis: { kind: "bundled" } };

/** A case for each kind of setting. */
export const cases: readonly Case[] = [
    [external, "database.host", "db.example.com", "tcp://db"],
    [{ ...external, ...policies }, "database.host", "fd00::1", "a,b"],
    [fromSecrets, "database.host", "[fd00::1]", "a,b"],
    [{ ...external, ...policies, database: { ...external.database, host: "db" } }, "database.port", 6432, 70000],
    [fromSecrets, "database.user", "keep@corp/x", " "],
    [fromSecrets, "database.parameters.program_name", "a b&c='d'", "$(X)"],
    [fromSecrets, "database.parameters.connect_timeout", 10, "10s"],
    [fromSecrets, "database.passwordSecret.name", "login", "A B"],
    [fromSecrets, "database.passwordSecret.key", "password", "a/b"],
    [fromSecrets, "database.name", "alerts", "keep/db"],
    [redis, "redis.host", "fd00::1", "redis://r"],
    [redis, "redis.host", "redis", "a,b"],
    [{ ...redis, redis: { ...redis.redis, host: "r" } }, "redis.port", 6380, 0],
    [sentinel, "redis.sentinel.hosts.0", "s2:26380", "fd00::1"],
    [elastic, "elasticsearch.hosts.1", "http://10.1.2.3:9200", "b.example.com"],
    [okta, "auth.issuer", "https://team.okta.com/oauth2/default/", "team.okta.com"],
    [keycloak, "auth.url", "https://kc.example.com/auth", "kc.example.com"],
    [auth0, "auth.domain", "b.auth0.com:8443", "https://b.auth0.com"],
    [{ openaiApiKey: "k", ...policies }, "openai.baseUrl", "http://llm:8000/v1/", "llm"],
    [{ ...policies, ...s3 }, "backup.endpoint", "http://minio:9000", "minio"],
    [s3, "backup.region", "eu-west-1", " "],
    [{ secretStore: { kind: "aws" } }, "secretStore.region", "eu-west-1", " "],
    [
        { secretStore: { kind: "vault", role: "keep" }, ...policies },
        "secretStore.address",
        "http://[fd00::1]:8200",
        "v",
    ],
    [{}, "images.backend", "registry.example.com/keep-api@sha256:" + "0a".repeat(32), "keep-api:latest"],
    [{}, "images.registry", "registry.example.com:5000/mirror", "https://registry.example.com"],
    [postgres, "images.digests.postgres", "sha256:" + "0a".repeat(32), "sha256:1"],
    [{}, "backend.image", "registry.example.com/keep-api:1", " "],
    [edge, "networkPolicy.edge.0.cidr", "10.0.0.0/12", "10.2.0.0/16"],
    [edge, "networkPolicy.edge.0.except.0", "10.2.0.0/16", "10.1.2.3/8"],
    [postgres, "database.volume.storageClass", "fast"],
    [{ namespace: { create: false } }, "namespace.name", "ops", "Ops"],
    [bundled, "namespace.name", "keep", "Ops"],
    [shared, "namespace.name", "keep", "ops"],
    [{}, "serviceAccount.name", "keep-api", "default"],
    [{ ...postgres, redis: { kind: "external" } }, "redis.host", "redis.example.com", "redis://r"],
    [okta, "auth.clientId", "keep-client", "a b"],
    [okta, "auth.clientSecret.name", "client", "A B"],
    [alb, "ingress.certificateArn", "arn:aws:acm:eu-west-1:111122223333:certificate/x", "certificate/x"],
    [alb, "ingress.className", "alb-internal", "A B"],
    [gateway, "ingress.parentRef.name", "public", "A B"],
    [tls, "ingress.tls.secretName", "cert", "A B"],
    [tls, "ingress.tls.clusterIssuer", "letsencrypt", "A B"],
    [{ ...tls, ingress: { kind: "traefik" } }, "ingress.tls.issuer", "letsencrypt", "A B"],
    [alb, "ingress.annotations.team", "alerts"],
    [s3, "backup.bucket", "keep-dumps", "A/B"],
    [gcs, "backup.bucket", "keep-dumps", "A/B"],
    [azure, "backup.account", "keepdumps", "keep-dumps"],
    [azure, "backup.container", "keep-dumps", "A/B"],
    [{}, "labels.team", "alerts", "a b"],
    [{}, "namespace.labels.team", "alerts", "a b"],
    [{}, "namespace.annotations.team", "alerts", "x".repeat(110_000)],
    [
        { auth: entra, authClientSecret: "s" },
        "auth.nocGroupId",
        "44444444-4444-4444-4444-444444444444",
        "33333333-3333-3333-3333-333333333333",
    ],
    [{}, "serviceAccount.annotations.role", "arn:aws:iam::1:role/keep"],
    [{}, "backend.env.AWS_ROLE_ARN", "arn:aws:iam::1:role/keep"],
    [{}, "frontend.env.THEME", "dark"],
    [{}, "backend.podAnnotations.team", "alerts"],
    [{}, "frontend.podLabels.team", "alerts", "a b"],
    [{}, "pods.annotations.team", "alerts"],
    [postgres, "database.settings.work_mem", "64MB", "$(X)"],
    [postgres, "database.settings.shared_buffers", "512MB", "512mb"],
    [postgres, "database.settings.max_connections", 500, "many"],
    [bundled, "worker.env.REGION", "eu-west-1"],
    [{}, "backend.env.TOKEN.secret.name", "token", "A B"],
    [{ extraCa: { configMap: { name: "ca", key: "ca.crt" } } }, "extraCa.configMap.key", "root.crt", ""],
    [{}, "extraCa.pem", AUTHORITY, "MIIB"],
];

/** Arguments with a value at a path. */
export function withValue(around: object, path: string, value: unknown): KeepArgs {
    const args = structuredClone({ publicUrl: "http://keep.example.com", ...around }) as Record<string, unknown>;
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    let at = args;
    for (const step of steps) {
        at = (at[step] ??= step === "ingress" && path.startsWith("ingress") ? { kind: "nginx" } : {}) as typeof at;
    }
    if (path.endsWith(".secret.name")) {
        at.key = "k";
    }
    if (path === "auth.clientSecret.name") {
        at.key = "k";
        delete args.authClientSecret;
    }
    at[last] = value;
    return args as unknown as KeepArgs;
}
