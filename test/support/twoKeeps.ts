import * as pulumi from "@pulumi/pulumi";

import type { KeepArgs } from "../../components/settings/arguments";

/** A Keep of a program with two. */
export const RED: KeepArgs = { publicUrl: "http://red.example.com", release: "red" };
/** The other one. */
export const BLUE: KeepArgs = { publicUrl: "http://blue.example.com", release: "blue" };

const shares = (path: string, what: string, fix: string) =>
    `  - ${path} is the ${what} of Keep "one" in this program as well. ${fix} (docs/several-keeps.md).`;
const sharesRedis = shares(
    "redis",
    "Redis",
    "Each would process alerts of the other, because Keep's queue has a fixed name. Use another Redis",
);
const sharesDatabase = shares("database", "database", "Use another database");
const sharesPusher = shares(
    "websocket",
    "Pusher app",
    "Browsers of each would get events of the other, because Keep's channel has a fixed name. Use another app",
);
const sharesIndex = shares(
    "elasticsearch.indexSuffix",
    "index",
    "Searches of each would find alerts of the other. Use another suffix, or remove it for the default",
);
const sharesStorage = shares("database.volume", "storage", "Use another claim or persistentVolume");
const sharesStore = (fix: string) =>
    shares("secretStore", "secret store", `Both use the same names in it. Use another ${fix}, or kind: database`);

const pair = (one: Partial<KeepArgs>, other = one) =>
    [
        { ...RED, ...one },
        { ...BLUE, ...other },
    ] as const;
const redis = (host: string, more: object = {}): Partial<KeepArgs> => ({
    database: { kind: "postgres" },
    redis: { kind: "external", host, ...more },
});
const sentinels = (...hosts: string[]): Partial<KeepArgs> => ({
    database: { kind: "postgres" },
    redis: { kind: "external", sentinel: { hosts } },
});
const byUrl = (url: string): Partial<KeepArgs> => ({
    database: { kind: "external", engine: "postgres" },
    databaseUrl: pulumi.secret(`postgresql+psycopg2://${url}`),
});
const byParts = (name: string): Partial<KeepArgs> => ({
    database: { kind: "external", engine: "postgres", host: "db.example.com", name },
    databasePassword: "p",
});
const pusher = (appId: string): Partial<KeepArgs> => ({
    websocket: { kind: "external", host: "ws.example.com", appId, appKey: "key" },
    pusherSecret: "secret",
});
const search = (indexSuffix: string | undefined, ...hosts: string[]): Partial<KeepArgs> => ({
    elasticsearch: { hosts, ...(indexSuffix === undefined ? {} : { indexSuffix }) },
});
const onNfs = (path: string): Partial<KeepArgs> => ({
    database: { kind: "postgres", volume: { persistentVolume: { nfs: { server: "n.example.com", path } } } },
});
const vault = (address: string, namespace?: string): Partial<KeepArgs> => ({
    secretStore: { kind: "vault", address, role: "keep", ...(namespace === undefined ? {} : { namespace }) },
});
const inAccount = (account: string): Partial<KeepArgs> => ({
    secretStore: { kind: "aws", region: "eu-west-1" },
    serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": `arn:aws:iam::${account}:role/keep` } },
});

/** Two Keeps that need one service, and the messages. */
export const SHARED_SERVICES: readonly (readonly [string, KeepArgs, KeepArgs, readonly string[]])[] = [
    ["with one Redis", ...pair(redis("redis.example.com"), redis("Redis.example.com.", { port: 6379 })), [sharesRedis]],
    ["with one Redis of a namespace", ...pair(redis("redis.red"), redis("redis.red.svc.cluster.local")), [sharesRedis]],
    [
        "with one Sentinel",
        ...pair(sentinels("a.example.com", "b.example.com"), sentinels("b.example.com:26379")),
        [sharesRedis],
    ],
    [
        "with one database, by URLs with other passwords",
        ...pair(byUrl("keep:a@db.example.com/keep"), byUrl("keep:b@db.example.com:5432/keep")),
        [sharesDatabase],
    ],
    [
        "with one database, by its parts and its URL",
        ...pair(byParts("keep"), byUrl("keep:b@db.example.com/keep")),
        [sharesDatabase],
    ],
    ["with one Pusher app", ...pair(pusher("1")), [sharesPusher]],
    [
        "with one index of Elasticsearch",
        ...pair(
            search("prod", "https://a.example.com:9200", "https://b.example.com:9200"),
            search("prod", "https://B.example.com:9200/"),
        ),
        [sharesIndex],
    ],
    [
        "with the default index of the other",
        ...pair(search(undefined, "http://es.logs:9200"), search("red-red", "http://es.logs.svc:9200")),
        [sharesIndex],
    ],
    ["with one volume for two servers", ...pair(onNfs("/db"), onNfs("/db/")), [sharesStorage]],
    ["with one namespace of Vault", ...pair(vault("https://vault.example.com")), [sharesStore("namespace")]],
    [
        "with one Vault in two spellings",
        ...pair(vault("https://vault.example.com"), vault("https://vault.example.com:443/")),
        [sharesStore("namespace")],
    ],
    [
        "with one namespace of Vault in two spellings",
        ...pair(vault("https://vault.example.com", "a"), vault("https://vault.example.com", "a/")),
        [sharesStore("namespace")],
    ],
    ["with one account and region of AWS", ...pair(inAccount("111122223333")), [sharesStore("region")]],
    [
        "with one project of Google",
        ...pair({ secretStore: { kind: "gcp", project: "keep-prod" } }),
        [sharesStore("project")],
    ],
];

/** Two Keeps whose services are similar. */
export const SEPARATE_SERVICES: readonly (readonly [string, KeepArgs, KeepArgs])[] = [
    ["with a Redis of one name in each namespace", ...pair(redis("redis"))],
    ["with a Redis of each", ...pair(redis("redis.example.com"), redis("redis.example.com", { port: 6380 }))],
    ["with two databases of a server", ...pair(byParts("red"), byParts("blue"))],
    [
        "with two schemas of a database",
        ...pair(byUrl("red:p@db.example.com/keep"), byUrl("blue:p@db.example.com/keep")),
    ],
    ["with two Pusher apps", ...pair(pusher("1"), pusher("2"))],
    [
        "with two indexes of Elasticsearch",
        ...pair(search("a", "https://es.logs:9200"), search("b", "https://es.logs:9200")),
    ],
    ["with the default index of each", ...pair(search(undefined, "https://es.logs:9200"))],
    ["with an Elasticsearch of one name in each namespace", ...pair(search("prod", "http://elasticsearch:9200"))],
    [
        "with an Elasticsearch of each behind a proxy",
        ...pair(search("prod", "https://es.example.com:443/red"), search("prod", "https://es.example.com:443/blue")),
    ],
    ["with a volume of each", ...pair(onNfs("/red"), onNfs("/blue"))],
    [
        "with two namespaces of Vault",
        ...pair(vault("https://vault.example.com"), vault("https://vault.example.com", "blue")),
    ],
    ["with two accounts of AWS", ...pair(inAccount("111122223333"), inAccount("444455556666"))],
];
