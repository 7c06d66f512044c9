import { usesOf } from "./backup/claimRules";
import type { Need } from "./conflicts";
import { engines } from "./database/engines";
import { placeOf } from "./database/givenUrl";
import { hasParts } from "./database/settings";
import { isLoopback, splitPort } from "./fields/host";
import { type Release, releaseOf } from "./naming";
import { REDIS_PORT, SENTINEL_PORT } from "./redis/settings";
import { indexSuffixOf } from "./search";
import { canonicalStore, storeName } from "./secretStore/settings";
import type { StackConfig } from "./settings/schema";
import { hasLater } from "./tokens";

/** A part of an address: plain, or a key of a Secret in the namespace of the pods. */
type Part = string | number | { readonly name: string; readonly key: string } | undefined;

/**
 * Services and volumes that Keeps cannot share: all installations of Keep have the same tenant, and use the same names of queues
 * (KEEP_ARQ_QUEUE_BASIC in keep/api/consts.py), channels (private-<tenant> in keep/api/bl/incidents_bl.py), tables and credentials
 * (keep/api/routes/settings.py, keep/api/core/db_on_start.py).
 * @param databaseUrl `keep:databaseUrl`, if it is known
 */
export function unsharedServices(config: StackConfig, databaseUrl: unknown): Need[] {
    const { backend, database, secretStore } = config;
    if (!backend.enabled) {
        return [];
    }
    const release = releaseOf(config);
    return [
        ...redisPlaces(config, release).map((id) =>
            need(
                "redis",
                id,
                "is the Redis",
                "Each would process alerts of the other, because Keep's queue has a fixed name. Use another Redis",
            ),
        ),
        ...databasePlaces(config, release, databaseUrl).map((id) =>
            need("database", id, "is the database", "Use another database"),
        ),
        ...pusherApps(config, release).map((id) =>
            need(
                "websocket",
                id,
                "is the Pusher app",
                "Browsers of each would get events of the other, because Keep's channel has a fixed name. Use another app",
            ),
        ),
        ...indexes(config, release).map((id) =>
            need(
                "elasticsearch.indexSuffix",
                id,
                "is the index",
                "Searches of each would find alerts of the other. Use another suffix, or remove it for the default",
            ),
        ),
        ...usesOf(config)
            .filter(({ path }) => path !== "backup.volume")
            .map(({ claim, isNamed, path, storage }) =>
                need(
                    path,
                    `${database.kind} ${isNamed ? `${release.namespace}/${claim}` : (storage ?? "")}`,
                    "is the storage",
                    "Use another claim or persistentVolume",
                ),
            )
            .filter(({ id }) => !id.endsWith(" ")),
        // Those of other kinds have objects of the stack or are in the database.
        ...(secretStore.kind !== "kubernetes" && secretStore.kind !== "database"
            ? [
                  need(
                      "secretStore",
                      `${canonicalStore(storeName(secretStore, release))} ${accountOf(config)}`,
                      "is the secret store",
                      `Both use the same names in it. Use another ${secretStore.kind === "gcp" ? "project" : secretStore.kind === "aws" ? "region" : "namespace"}, or kind: database`,
                  ),
              ]
            : []),
    ].filter(({ id }) => !hasLater(id));
}

function need(path: string, id: string, what: string, fix: string): Need {
    return {
        path,
        id: `${path} ${id}`,
        taken: (other) => `${what} of Keep ${other} in this program as well. ${fix} (docs/several-keeps.md)`,
    };
}

function redisPlaces({ redis }: StackConfig, release: Release): string[] {
    if (redis.kind !== "external") {
        return [];
    }
    const { host, hostSecret, port = REDIS_PORT, portSecret, sentinel } = redis;
    return sentinel === undefined
        ? address([hostSecret ?? host, portSecret ?? port], release)
        : sentinel.hosts
              .map(splitPort)
              .flatMap(({ host, port = SENTINEL_PORT }) => address([host, port, sentinel.service], release));
}

function pusherApps({ websocket }: StackConfig, release: Release): string[] {
    return websocket.kind === "external" ? address([websocket.host, websocket.appId], release) : [];
}

/** Indexes of alerts at each node (keep/api/core/elastic.py, index_alert), whose URL may have the path of a proxy. */
function indexes({ elasticsearch }: StackConfig, release: Release): string[] {
    const nodes = (elasticsearch?.hosts ?? []).filter((url) => !hasLater(url)).map((url) => new URL(url));
    return nodes.flatMap(({ hostname, pathname, port, protocol }) =>
        elasticsearch === undefined
            ? []
            : address(
                  [hostname, port || protocol, pathname.replace(/\/$/, ""), indexSuffixOf(elasticsearch, release)],
                  release,
              ),
    );
}

function databasePlaces({ database }: StackConfig, release: Release, url: unknown): string[] {
    if (database.kind !== "external") {
        return [];
    }
    const { engine, host, hostSecret, name, nameSecret, port, portSecret, urlSecret, user, userSecret } = database;
    if (!hasParts(database)) {
        return address(typeof url === "string" ? placeOf(url) : [urlSecret], release);
    }
    const usual = port ?? engines[engine].port;
    return address([hostSecret ?? host, portSecret ?? usual, nameSecret ?? name, userSecret ?? user], release);
}

/** Account of AWS in the role of Keep's pods; empty if another annotation or none decides it. */
function accountOf({ secretStore, serviceAccount }: StackConfig): string {
    const role = serviceAccount.annotations["eks.amazonaws.com/role-arn"];
    return secretStore.kind === "aws" ? (role?.split(":")[4] ?? "") : "";
}

/** A text that identifies an address, which begins with the host; none for a server in the pod, which may be a proxy. */
function address([host, ...others]: readonly Part[], { namespace }: Release): string[] {
    if (host === undefined || (typeof host === "string" && isLoopback(host))) {
        return [];
    }
    const text = (part: Part) => (typeof part === "object" ? `${namespace}/${part.name}/${part.key}` : String(part));
    return [[typeof host === "string" ? inCluster(host, namespace) : text(host), ...others.map(text)].join(" ")];
}

/** A host in one form: the name of a Service with its namespace. */
function inCluster(host: string, namespace: string): string {
    const name = host.toLowerCase().replace(/(\.svc(\.cluster\.local)?)?\.?$/, "");
    return /[.:]/.test(name) ? name : `${name}.${namespace}`;
}
