import type { AuthConfig } from "../auth/settings";
import type { BackupConfig } from "../backup/settings";
import { type ComponentChoices, componentsOf } from "../component";
import { hostsOf } from "../database/givenUrl";
import type { DatabaseConfig } from "../database/settings";
import { isLoopback, splitPort } from "../fields/host";
import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { allOf } from "../fields/vocabulary";
import type { OpenaiConfig } from "../openai";
import type { Proxy } from "../airGapped/settings";
import type { RedisConfig } from "../redis/settings";
import type { ElasticsearchConfig } from "../search";
import type { SecretStoreConfig } from "../secretStore/settings";
import type { EnvTier } from "../secrets/settings";
import type { BackendConfig } from "../tiers/backend";
import type { WorkerConfig } from "../tiers/worker";
import type { WebsocketConfig } from "../websocket/settings";

interface Services {
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

type Settings = ComponentChoices & Readonly<Record<EnvTier, object>> & Services;

/** An address of a service, and the pods that connect to it. */
interface Address {
    readonly path: string;
    /** Host, with or without a port, or URL. */
    readonly at: string | undefined;
    readonly from: readonly EnvTier[];
    /** Whether Jobs connect to it too. They have the init containers of the backend, but no sidecars. */
    readonly jobs?: boolean;
}

const PROCESSES: readonly EnvTier[] = ["backend", "worker", "consumer"];
const UI: readonly EnvTier[] = ["backend", "frontend"];

/** All addresses of services outside of the release. Each function is a rule of its own, which an Output skips alone. */
const addresses: readonly ((settings: Settings) => readonly Address[])[] = [
    ({ database }) => [
        {
            path: "database.host",
            at: database.kind === "external" ? database.host : undefined,
            from: PROCESSES,
            jobs: true,
        },
    ],
    // Soketi connects too. Setup does not (keep/api/config.py, on_starting).
    ({ redis }) => redisAddresses(redis).map(([path, at]) => ({ path, at, from: [...PROCESSES, "websocket"] })),
    ({ elasticsearch }) =>
        (elasticsearch?.hosts ?? []).map((at, index) => ({
            path: `elasticsearch.hosts.${index}`,
            at,
            from: PROCESSES,
        })),
    ({ backend, pods, secretStore }) => [
        {
            path: "secretStore.address",
            at:
                secretStore.kind === "vault" && !hasVaultAgent({ ...pods.annotations, ...backend.podAnnotations })
                    ? secretStore.address
                    : undefined,
            from: PROCESSES,
            jobs: true,
        },
    ],
    ({ openai }) => [{ path: "openai.baseUrl", at: openai.baseUrl, from: UI }],
    ({ auth }) => authAddresses(auth),
    ...(["http", "https"] as const).map((name) => ({ proxy }: Settings): Address[] => [
        { path: `proxy.${name}`, at: proxy?.[name], from: [...PROCESSES, "frontend"], jobs: true },
    ]),
    ({ websocket }) => [
        { path: "websocket.host", at: websocket.kind === "external" ? websocket.host : undefined, from: PROCESSES },
    ],
    ({ backend }) => [{ path: "backend.url", at: backend.enabled ? undefined : backend.url, from: ["frontend"] }],
    ({ backup }) => [
        {
            path: "backup.endpoint",
            at: backup.kind === "s3" ? backup.endpoint : undefined,
            from: ["backend"],
            jobs: true,
        },
    ],
];

/**
 * Conditions on addresses of the pod itself, such as localhost: all pods that connect run a container of the user beside
 * Keep's.
 */
export const loopbackRules: readonly Rule<Settings>[] = [
    ...addresses.map(
        (of): Rule<Settings> =>
            (settings) =>
                of(settings).flatMap(({ path, at, ...place }) =>
                    at !== undefined && isLoopback(hostIn(at)) ? loopbackIssues(path, at, place, settings) : [],
                ),
    ),
    ({ redis, worker }) =>
        worker.queueLength === undefined
            ? []
            : redisAddresses(redis).map(
                  ([path, at]) =>
                      at !== undefined &&
                      isLoopback(hostIn(at)) &&
                      issue(
                          path,
                          "is the pod itself, but KEDA connects to it too, because keep:worker.queueLength is set. Name a Service, or remove keep:worker.queueLength",
                          { value: at },
                      ),
              ),
];

/**
 * The condition on `keep:databaseUrl`, whose host may be the pod itself as well.
 * @param url the secret, which is not known if it is an Output
 */
export function databaseUrlRules(url: unknown): Rule<Settings>[] {
    return typeof url === "string" && hostsOf(url).some(isLoopback)
        ? [(settings) => loopbackIssues("databaseUrl", undefined, { from: PROCESSES, jobs: true }, settings)]
        : [];
}

function loopbackIssues(
    path: string,
    value: string | undefined,
    { from, jobs = false }: Omit<Address, "path" | "at">,
    settings: Settings,
): Issue[] {
    const present: readonly string[] = componentsOf(settings);
    const missing = from.filter(
        (tier) => present.includes(tier) && !hasCompanion(settings[tier], jobs && tier === "backend"),
    );
    const places = missing.map((tier) => `keep:${tier}.initContainers`);
    const why = jobs && missing.includes("backend") ? "; the Jobs have those of keep:backend, but no sidecars" : "";
    return missing.length === 0
        ? []
        : [
              issue(
                  path,
                  `${path === "databaseUrl" ? "has a host that " : ""}is the pod itself, but some pods that connect to it run nothing beside Keep. Name a Service, or add a proxy with restartPolicy Always to ${allOf(places)}${why}`,
                  value === undefined ? {} : { value },
              ),
          ];
}

/** What may listen beside Keep in the pods of a tier. */
interface Companions {
    readonly initContainers: readonly { readonly restartPolicy?: unknown }[];
    readonly sidecars: readonly object[];
}

function hasCompanion(tier: object, isNative: boolean): boolean {
    const { initContainers = [], sidecars = [] } = tier as Partial<Companions>;
    return initContainers.some(({ restartPolicy }) => restartPolicy === "Always") || (!isNative && sidecars.length > 0);
}

/** Whether Vault's injector adds its agent (https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations). */
function hasVaultAgent(annotations: Readonly<Record<string, string>>): boolean {
    return annotations["vault.hashicorp.com/agent-inject"] === "true";
}

function redisAddresses(redis: RedisConfig): [path: string, at: string | undefined][] {
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
function authAddresses(auth: AuthConfig): Address[] {
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

function hostIn(address: string): string {
    return /^https?:\/\//i.test(address) ? new URL(address).hostname : splitPort(address).host;
}
