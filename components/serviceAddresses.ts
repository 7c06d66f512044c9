import type { Proxy } from "./airGapped/settings";
import type { AuthConfig } from "./auth/settings";
import { type BackupConfig, dumpServer } from "./backup/settings";
import { PROCESS_TIERS } from "./component";
import type { DatabaseConfig } from "./database/settings";
import { splitPort } from "./fields/host";
import { portOf } from "./fields/traffic";
import type { OpenaiConfig } from "./openai";
import type { RedisConfig } from "./redis/settings";
import type { ElasticsearchConfig } from "./search";
import type { SecretStoreConfig } from "./secretStore/settings";
import type { EnvTier } from "./secrets/settings";
import type { BackendConfig } from "./tiers/backend";
import type { WorkerConfig } from "./tiers/worker";
import type { WebsocketConfig } from "./websocket/settings";

/** Settings with addresses of services. */
export interface ServiceSettings {
    readonly auth: AuthConfig;
    readonly backend: BackendConfig;
    readonly backup: BackupConfig;
    readonly database: DatabaseConfig;
    readonly elasticsearch?: ElasticsearchConfig | undefined;
    readonly openai: OpenaiConfig;
    readonly pods: { readonly annotations: Readonly<Record<string, string>> };
    readonly proxy?: Proxy | undefined;
    readonly redis: RedisConfig;
    readonly secretStore: SecretStoreConfig;
    readonly websocket: WebsocketConfig;
    readonly worker: WorkerConfig;
}

/** An address of a service, and the pods that connect to it. */
export interface Address {
    readonly path: string;
    /** Host, with or without a port, or URL. */
    readonly at: string | undefined;
    readonly from: readonly EnvTier[];
    /** Whether Jobs connect to it too. They have the init containers of the backend, but no sidecars. */
    readonly jobs?: boolean;
}

const UI: readonly EnvTier[] = ["backend", "frontend"];

/** All addresses of services outside of the release. Each function is a rule of its own, which an Output skips alone. */
export const addresses: readonly ((settings: ServiceSettings) => readonly Address[])[] = [
    ({ database }) => [
        {
            path: "database.host",
            at: database.kind === "external" ? database.host : undefined,
            from: PROCESS_TIERS,
            jobs: true,
        },
    ],
    // Soketi connects too. Setup does not (keep/api/config.py, on_starting).
    ({ redis }) => redisAddresses(redis).map(([path, at]) => ({ path, at, from: [...PROCESS_TIERS, "websocket"] })),
    ({ elasticsearch }) =>
        (elasticsearch?.hosts ?? []).map((at, index) => ({
            path: `elasticsearch.hosts.${index}`,
            at,
            from: PROCESS_TIERS,
        })),
    ({ backend, pods, secretStore }) => [
        {
            path: "secretStore.address",
            at:
                secretStore.kind === "vault" && !hasVaultAgent({ ...pods.annotations, ...backend.podAnnotations })
                    ? secretStore.address
                    : undefined,
            from: PROCESS_TIERS,
            jobs: true,
        },
    ],
    ({ openai }) => [{ path: "openai.baseUrl", at: openai.baseUrl, from: UI }],
    ({ auth }) => authAddresses(auth),
    ...(["http", "https"] as const).map((name) => ({ proxy }: ServiceSettings): Address[] => [
        { path: `proxy.${name}`, at: proxy?.[name], from: [...PROCESS_TIERS, "frontend"], jobs: true },
    ]),
    ({ websocket }) => [
        { path: "websocket.host", at: websocket.kind === "external" ? websocket.host : undefined, from: PROCESS_TIERS },
    ],
    ({ backend }) => [{ path: "backend.url", at: backend.enabled ? undefined : backend.url, from: ["frontend"] }],
    ({ backup }) => [{ path: "backup.server.host", at: dumpServer(backup)?.host, from: ["backend"], jobs: true }],
    ({ backup }) => [
        {
            path: "backup.endpoint",
            at: backup.kind === "s3" ? backup.endpoint : undefined,
            from: ["backend"],
            jobs: true,
        },
    ],
    // The pods of the operator connect to it.
    ({ database }) => [
        {
            path: "database.backup.endpoint",
            at: database.kind === "cloudnativepg" ? database.backup?.endpoint : undefined,
            from: [],
        },
    ],
];

/** Whether Vault's injector adds its agent (https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations). */
function hasVaultAgent(annotations: Readonly<Record<string, string>>): boolean {
    return annotations["vault.hashicorp.com/agent-inject"] === "true";
}

/** The addresses of an external Redis, each with its key. */
export function redisAddresses(redis: RedisConfig): [path: string, at: string | undefined][] {
    return redis.kind === "external"
        ? [
              ["redis.host", redis.host],
              ...(redis.sentinel?.hosts ?? []).map((at, index): [string, string] => [
                  `redis.sentinel.hosts.${index}`,
                  at,
              ]),
          ]
        : [];
}

/** Addresses of the identity provider. The user interface reads the issuer, and the API Keycloak's own address. */
export function authAddresses(auth: AuthConfig): Address[] {
    switch (auth.kind) {
        case "keycloak":
            return [
                { path: "auth.url", at: auth.url, from: auth.issuer === undefined ? UI : ["backend"] },
                { path: "auth.issuer", at: auth.issuer, from: ["frontend"] },
            ];
        case "okta":
            return [
                { path: "auth.issuer", at: auth.issuer, from: auth.jwksUrl === undefined ? UI : ["frontend"] },
                { path: "auth.jwksUrl", at: auth.jwksUrl, from: ["backend"] },
            ];
        case "onelogin":
            return [{ path: "auth.issuer", at: auth.issuer, from: UI }];
        case "auth0":
            return [{ path: "auth.domain", at: auth.domain, from: UI }];
        default:
            return [];
    }
}

/** The host of a URL, or of a host with a port. */
export function hostIn(address: string): string {
    return /^https?:\/\//i.test(address) ? new URL(address).hostname : splitPort(address).host;
}

/** The port of a URL, or of a host with a port; undefined if a host has none. */
export function portIn(address: string): number | undefined {
    return /^https?:\/\//i.test(address) ? portOf(address) : splitPort(address).port;
}
