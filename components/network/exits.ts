import { isIP } from "node:net";

import { providerUrls } from "../auth/settings";
import type { Peer, PortedPeer } from "./settings";
import type { KeepConfig } from "../settings/resolve";
import { usualPort } from "../database/url";
import { type RedisAddress, sentinelPorts } from "../redis/clients";
import type { Part } from "./parts";

/** Where parts of a release go outside of it. */
export interface Exit {
    readonly from: readonly Part[];
    readonly to: readonly Peer[];
    /** TCP ports; undefined: all. */
    readonly ports?: readonly number[];
}

/** What the exits of a release follow from. */
export type ExitSettings = Pick<
    KeepConfig,
    | "auth"
    | "backup"
    | "consumer"
    | "database"
    | "elasticsearch"
    | "networkPolicy"
    | "openai"
    | "redis"
    | "secretStore"
    | "secrets"
    | "telemetry"
    | "websocket"
>;

/**
 * Anywhere but the nodes' own addresses, where clouds hand out a node's credentials. The pods of the cluster are named beside all
 * addresses: to some network plugins a pod is never an address (https://docs.cilium.io/en/stable/security/policy/language/).
 */
const ANYWHERE: readonly PortedPeer[] = [
    { namespaceLabels: {} },
    { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] },
    { cidr: "::/0", except: ["fe80::/10", "fd00:ec2::/32"] },
];

/** Where the clouds' own ways of signing in answer: GKE's metadata server, EKS Pod Identity. */
const CLOUD_IDENTITY: Readonly<Record<"aws" | "gcp", readonly PortedPeer[]>> = {
    aws: [{ cidr: "169.254.170.23/32", ports: [80] }],
    gcp: [
        { cidr: "169.254.169.254/32", ports: [80] },
        { cidr: "169.254.169.252/32", ports: [988] },
    ],
};

/** The Service's port, and that of most API servers: plugins differ in which of them they see. */
const API_SERVER_PORTS = [443, 6443];

/** Keep's Python processes: any of them may call providers. */
const PROCESSES: readonly Part[] = ["backend", "consumer", "setup", "worker"];

/** Every way out of a release. */
export function exits(settings: ExitSettings): Exit[] {
    const { auth, backup, database, elasticsearch, networkPolicy, openai, redis, secrets, telemetry, websocket } =
        settings;
    const { destinations, providers = ANYWHERE } = networkPolicy;
    const clientPorts = [...new Set(providerUrls(auth).map(portOf))];
    return [
        ...providers.map(({ ports, ...peer }) => exit(PROCESSES, [peer], ports)),
        ...storeExits(settings),
        ...(backup.kind === "snapshot" ? [exit(["backup"], placed(destinations.apiServer), API_SERVER_PORTS)] : []),
        // A bucket may be anywhere, and its address is resolved by rclone.
        ...(backup.kind === "s3"
            ? [exit(["backup"], ANYWHERE, [portOf(backup.endpoint ?? "https://s3.amazonaws.com")])]
            : []),
        ...(database.kind === "external"
            ? [
                  exit(
                      [...PROCESSES, "backup", "retention"],
                      placed(destinations.database, database.host),
                      // The port of a URL is as secret as the URL.
                      database.host === undefined ? undefined : [database.port ?? usualPort(database.engine)],
                  ),
              ]
            : []),
        ...(redis.kind === "external"
            ? [exit([...PROCESSES, "websocket"], placed(destinations.redis, redis.host), redisPorts(redis))]
            : []),
        ...(elasticsearch === undefined ? [] : [searchExit(elasticsearch.hosts, destinations.elasticsearch)]),
        ...(websocket.kind === "external"
            ? [exit(PROCESSES, placed(destinations.websocket, websocket.host), [websocket.port])]
            : []),
        ...(clientPorts.length === 0
            ? []
            : [exit([...PROCESSES, "frontend"], placed(destinations.identityProvider), clientPorts)]),
        // The user interface answers the assistant's questions itself.
        ...(secrets.openaiApiKey === undefined
            ? []
            : [exit(["frontend"], ANYWHERE, [portOf(openai.baseUrl ?? "https://api.openai.com")])]),
        ...(telemetry ? [exit(["frontend"], ANYWHERE, [443])] : []),
    ];
}

function exit(from: readonly Part[], to: readonly Peer[], ports: readonly number[] | undefined): Exit {
    return { from, to, ports };
}

function searchExit(hosts: readonly string[], configured: readonly Peer[]): Exit {
    const places = hosts.flatMap((address) => placed(configured, new URL(address).hostname));
    return exit(PROCESSES, [...new Set(places)], [...new Set(hosts.map(portOf))]);
}

/** The Sentinels' ports, too; the port of the Redis behind them is theirs to tell. */
function redisPorts({ port, sentinel }: RedisAddress): number[] {
    const sentinels = sentinelPorts(sentinel?.hosts ?? []).map((host) => host.port);
    return [...new Set([port, ...sentinels])];
}

function storeExits({ networkPolicy, secretStore }: ExitSettings): Exit[] {
    const { apiServer, secretStore: store } = networkPolicy.destinations;
    switch (secretStore.kind) {
        case "kubernetes":
            return [exit(PROCESSES, placed(apiServer), API_SERVER_PORTS)];
        case "vault":
            return [
                exit(PROCESSES, placed(store, new URL(secretStore.address).hostname), [portOf(secretStore.address)]),
            ];
        case "aws":
        case "gcp":
            return [
                exit(PROCESSES, placed(store), [443]),
                ...CLOUD_IDENTITY[secretStore.kind].map(({ ports, ...peer }) => exit(PROCESSES, [peer], ports)),
            ];
        case "database":
            return [];
    }
}

/** Where a thing is: as configured, else at its address when it has one in place of a name, else anywhere. */
function placed(configured: readonly Peer[], host?: string): readonly Peer[] {
    if (configured.length > 0) {
        return configured;
    }
    const address = host?.replace(/^\[|\]$/g, "") ?? "";
    const family = isIP(address);
    return family === 0 ? ANYWHERE : [{ cidr: `${address}/${family === 4 ? 32 : 128}` }];
}

/** Port of a URL: the one it names, or that of its scheme. */
function portOf(url: string): number {
    const { port, protocol } = new URL(url);
    return port === "" ? (protocol === "http:" ? 80 : 443) : Number(port);
}
