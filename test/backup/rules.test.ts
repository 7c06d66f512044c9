import assert from "node:assert/strict";

import { minimal } from "../support/config";
import { accepts, problemsOfEach } from "../support/refusals";

const image = "registry.example.com/keep-api:mssql";
const onePod = { database: { kind: "sqlite", volume: { accessModes: ["ReadWriteOncePod"] } } };
const sqlServers = {
    "in the cluster": { database: { kind: "sqlserver", acceptEula: true }, backend: { image } },
    elsewhere: {
        database: { kind: "external", engine: "sqlserver", host: "db" },
        databasePassword: "p",
        backend: { image },
    },
};

const R2 = "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com";

/** Regions that the services at these endpoints accept. */
const REGIONS: readonly (readonly [endpoint: string, region?: string])[] = [
    [R2],
    [R2, "auto"],
    [R2, "weur"],
    ["https://s3.gra.cloud.ovh.net", "GRA"],
    ["https://s3.gra.cloud.ovh.net", "gra"],
    ["https://storage.bhs.cloud.ovh.net", "BHS"],
    ["https://s3.gra.io.cloud.ovh.net", "gra"],
    ["https://keep.compat.objectstorage.eu-frankfurt-1.oraclecloud.com"],
];

const dumps = { destination: "s3://dumps/keep", credentials: "s3" };

/** Images with Barman Cloud, or that may have it. */
const WITH_BARMAN = [
    "ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie",
    "ghcr.io/cloudnative-pg/postgis:17-3.5",
    "registry.example.com/cloudnative-pg/postgresql:17.6-system-bookworm",
    "harbor.example.com/library/postgres:17.6",
    "timescale/timescaledb-ha:pg17",
    "registry.example.com/keep/postgres:17.6",
];

/** Images without it. */
const WITHOUT_BARMAN = [
    "postgres:17.6",
    "public.ecr.aws/docker/library/postgres:17.6",
    "mirror.gcr.io/library/postgres:17.6",
    "harbor.example.com/docker.io/library/postgres:17.6",
    "pgvector/pgvector:pg17",
    "docker.io/postgis/postgis:17-3.5",
    "ghcr.io/cloudnative-pg/postgresql:17.6-minimal-trixie",
    "ghcr.io/cloudnative-pg/postgresql:17.6-minimal",
    "registry.example.com/cnpg:17-standard",
];

/** Identities of each cloud, by the annotation that gives them to pods. */
const IDENTITIES = [
    ["eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/teams/alerts/keep_backup+1"],
    ["eks.amazonaws.com/role-arn", "arn:aws-us-gov:iam::111122223333:role/keep"],
    ["iam.gke.io/gcp-service-account", "keep@my-project.iam.gserviceaccount.com"],
    ["iam.gke.io/gcp-service-account", "keep@my-project.example.com.iam.gserviceaccount.com"],
    ["iam.gke.io/gcp-service-account", "123456789012-compute@developer.gserviceaccount.com"],
    ["azure.workload.identity/client-id", "AAAAAAAA-2222-3333-4444-555555555555"],
] as const;

const SUPABASE = "aws-0-eu-west-1.pooler.supabase.com";

/** Addresses of the services whose poolers dumps cannot use, which keep a connection for one client. */
const DIRECT = [
    { host: "ep-a.us-east-2.aws.neon.tech" },
    { host: SUPABASE, user: "postgres.abc" },
    { host: "keep.postgres.database.azure.com" },
    { host: "pgbouncer.db.svc", port: 6432 },
];

/** A disk of one node, as every node has it. */
function onNode(name: string): object {
    const matchExpressions = [{ key: "kubernetes.io/hostname", operator: "In", values: [name] }];
    return { local: { path: "/mnt/ssd" }, nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } };
}

describe("what works beside Keep", () => {
    for (const [where, server] of Object.entries(sqlServers)) {
        accepts({ [`a SQL Server ${where} without either`]: server });
    }

    accepts(
        Object.fromEntries(
            DIRECT.map((address) => [
                `dumps at ${address.host}`,
                {
                    database: { kind: "external", engine: "postgres", ...address },
                    databasePassword: "p",
                    backup: { kind: "volume" },
                },
            ]),
        ),
    );

    accepts({
        "the pooler of Neon with its own option, without dumps": {
            database: { kind: "external", engine: "postgres" },
            databaseUrl: "postgresql://k:p@ep-a-pooler.us-east-2.aws.neon.tech/keep?options=endpoint%3Dep-a",
        },
        "the pooler of Neon, and dumps of the server itself": {
            database: { kind: "external", engine: "postgres" },
            databaseUrl: "postgresql://k:p@ep-a-pooler.us-east-2.aws.neon.tech/keep",
            backup: { kind: "volume", server: { host: "ep-a.us-east-2.aws.neon.tech" } },
        },
        "the port of Supabase for transactions, and dumps at the port for sessions": {
            database: { kind: "external", engine: "postgres", host: SUPABASE, port: 6543, user: "postgres.abc" },
            databasePassword: "masked",
            backup: { kind: "volume", server: { host: SUPABASE } },
        },
        "the proxy of Amazon RDS, and dumps of the server by its authority": {
            database: {
                kind: "external",
                engine: "postgres",
                host: "keep.proxy-a1.eu-west-1.rds.amazonaws.com",
                tls: {},
            },
            extraCa: { configMap: { name: "rds", key: "ca.pem" } },
            databasePassword: "masked",
            backup: { kind: "volume", server: { host: "keep.a1.eu-west-1.rds.amazonaws.com" } },
        },
        "a MinIO at another port": {
            database: { kind: "postgres" },
            backup: { kind: "s3", bucket: "dumps", endpoint: "http://minio1:9001", credentials: "s3" },
        },
        "a disk that only one pod may have, without either": onePod,
        "both on SQLite's disk": {
            database: { kind: "sqlite" },
            backup: { kind: "volume" },
            retention: { days: 30 },
        },
        "both on a server's disk, which they reach over the network": {
            database: { kind: "postgres", volume: { accessModes: ["ReadWriteOncePod"] } },
            backup: { kind: "volume" },
            retention: { days: 30 },
        },
        "a database and its backup on two nodes, in one directory of each": {
            database: { kind: "sqlite", volume: { persistentVolume: onNode("a") } },
            backup: { kind: "volume", volume: { persistentVolume: onNode("b") } },
        },
        "a database and its backup in two directories of a server": {
            database: { kind: "postgres", volume: { persistentVolume: { nfs: { server: "nfs", path: "/keep/db" } } } },
            backup: { kind: "volume", volume: { persistentVolume: { nfs: { server: "nfs", path: "/keep/dumps" } } } },
        },
        "snapshots of a disk of a CSI driver": {
            database: {
                kind: "postgres",
                volume: { persistentVolume: { csi: { driver: "ebs.csi.aws.com", volumeHandle: "vol-1" } } },
            },
            backup: { kind: "snapshot" },
        },
        "snapshots of a claim that exists": {
            database: { kind: "sqlite", volume: { existingClaim: "keep" } },
            backup: { kind: "snapshot" },
        },
        "regions of services other than AWS": {
            database: { kind: "postgres" },
            backup: { kind: "s3", bucket: "dumps", credentials: "s3", endpoint: "http://minio", region: "home-1a" },
        },
        ...Object.fromEntries(
            REGIONS.map(([endpoint, region]) => [
                `the region ${region ?? "by default"} at ${endpoint}`,
                {
                    database: { kind: "postgres" },
                    backup: { kind: "s3", bucket: "dumps", credentials: "s3", endpoint, region },
                },
            ]),
        ),
        ...Object.fromEntries(
            WITH_BARMAN.map((cloudnativepg) => [
                `backups by CloudNativePG with ${cloudnativepg}`,
                { database: { kind: "cloudnativepg", backup: dumps }, images: { cloudnativepg } },
            ]),
        ),
        ...Object.fromEntries(
            IDENTITIES.map(([name, identity]) => [
                `the identity ${identity}`,
                {
                    serviceAccount: { annotations: { [name]: identity } },
                    database: { kind: "postgres" },
                    backup: { kind: "gcs", bucket: "dumps", serviceAccount: { annotations: { [name]: identity } } },
                },
            ]),
        ),
        "both for a server elsewhere": {
            database: { kind: "external", engine: "mysql", host: "db" },
            databasePassword: "p",
            backup: { kind: "volume" },
            retention: { days: 30 },
        },
    });

    it("rejects the operator's backups with images that have no Barman Cloud", async () => {
        const stacks = WITHOUT_BARMAN.map((cloudnativepg) =>
            minimal({ database: { kind: "cloudnativepg", backup: dumps }, images: { cloudnativepg } }),
        );
        for (const [index, found] of (await problemsOfEach(stacks)).entries()) {
            assert.match(found.join(), /has no Barman Cloud/, WITHOUT_BARMAN[index]);
        }
    });
});
