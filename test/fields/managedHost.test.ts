import { accepts } from "../support/refusals";

/** Hosts of managed services, with the other parts of their addresses. */
const redis = [
    { host: "keep.a1b2c3.ng.0001.euw1.cache.amazonaws.com" },
    { host: "master.keep.a1b2c3.euw1.cache.amazonaws.com", tls: true },
    { host: "master.a1b2c3.ng.0001.euw1.cache.amazonaws.com" },
    { host: "master.a1b2c3.0001.euw1.cache.amazonaws.com" },
    { host: "keep-001.keep.a1b2c3.euw1.cache.amazonaws.com", tls: true },
    { host: "keep.redis.cache.windows.net", port: 6380, tls: true },
    { host: "keep.redis.cache.windows.net" },
    { host: "keep.westeurope.redis.azure.net", port: 10000, tls: true },
    { host: "keep-1234.upstash.io", tls: true },
    { host: "keep-do-user-1-0.b.db.ondigitalocean.com", port: 25061, tls: true },
    { host: "keep-team.a.aivencloud.com", port: 12345, tls: true },
    { host: "redis-12345.c1.eu-west-1-3.ec2.redns.redis-cloud.com", port: 12345 },
    { host: "redis-ro.example.com" },
    { host: "replica.example.com" },
];

const AUTHORITY = { configMap: { name: "rds", key: "ca.pem" } };

const databases = [
    { engine: "postgres", host: "keep.cluster-a1b2c3.eu-west-1.rds.amazonaws.com" },
    { engine: "mysql", host: "keep.a1b2c3.eu-west-1.rds.amazonaws.com" },
    { engine: "mysql", host: "keep.a1b2c3.eu-west-1.rds.amazonaws.com", tls: { mode: "require" } },
    { engine: "postgres", host: "keep.a1b2c3.eu-west-1.rds.amazonaws.com", tls: { ca: AUTHORITY } },
    { engine: "postgres", host: "keep.proxy-a1b2c3.eu-west-1.rds.amazonaws.com", tls: {} },
    { engine: "postgres", host: "keep.proxy-a1b2c3.eu-west-1.rds.amazonaws.com" },
    { engine: "mysql", host: "keep-db.mysql.database.azure.com", user: "keep", tls: { mode: "require" } },
    { engine: "mysql", host: "aws.connect.psdb.cloud", parameters: { ssl_verify_cert: "true" } },
    { engine: "postgres", host: "eu-west-1.pg.psdb.cloud" },
    { engine: "postgres", host: "keep-db.postgres.database.azure.com", user: "keep@example.com" },
    { engine: "postgres", host: "aws-0-eu-west-1.pooler.supabase.com", user: "postgres.abc", port: 6543 },
    { engine: "postgres", host: "ep-cool-1234-pooler.eu-central-1.aws.neon.tech" },
    { engine: "postgres", host: "pgbouncer.db.svc", port: 6432 },
    { engine: "mysql", host: "keep-do-user-1-0.b.db.ondigitalocean.com", port: 25060 },
    { engine: "postgres", host: "keep-team.a.aivencloud.com", port: 12345 },
    { engine: "postgres", host: "keep-team.a.aivencloud.com", port: 26257 },
    { engine: "mysql", host: "db.example.com", port: 26257 },
    {
        engine: "mysql",
        host: "db.example.com",
        parameters: { charset: "utf8mb4", collation: "utf8mb4_unicode_ci", ssl_ca: "/etc/ssl/rds.pem" },
    },
    { engine: "postgres", host: "db.example.com", parameters: { client_encoding: "UTF-8" } },
];

const nodes = [
    "https://keep.es.europe-west1.gcp.cloud.es.io:9243",
    "https://keep-a1b2c3.es.us-east-1.aws.elastic.cloud:443",
    "https://keep.es.eu-west-1.aws.found.io:9243",
    "http://keep-es-http.elastic.svc:9200",
];

describe("hosts of managed services", () => {
    accepts({
        ...Object.fromEntries(
            redis.map((address) => [
                `the Redis ${JSON.stringify(address)}`,
                { redis: { kind: "external", ...address }, redisPassword: "p", database: { kind: "postgres" } },
            ]),
        ),
        ...Object.fromEntries(
            databases.map((address) => [
                `the database ${JSON.stringify(address)}`,
                { database: { kind: "external", ...address }, databasePassword: "p" },
            ]),
        ),
        ...Object.fromEntries(nodes.map((node) => [`the node ${node}`, { elasticsearch: { hosts: [node] } }])),
        ...Object.fromEntries(
            [
                "mysql+pymysql://k:p@aws.connect.psdb.cloud/keep?ssl_ca=/etc/ca.pem",
                "mysql+mysqlconnector://k:p@aws.connect.psdb.cloud/keep",
            ].map((databaseUrl) => [
                `the URL ${databaseUrl}`,
                { database: { kind: "external", engine: "mysql" }, databaseUrl },
            ]),
        ),
        "a URL at a port of its own": {
            database: { kind: "external", engine: "postgres" },
            databaseUrl: "postgresql+psycopg2://avnadmin:p@keep-team.a.aivencloud.com:12345/keep?client_encoding=utf8",
        },
    });
});
