import { accepts } from "../support/refusals";

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

/** Identities of each cloud, by the annotation that gives them to pods. */
const IDENTITIES = [
    ["eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/teams/alerts/keep_backup+1"],
    ["eks.amazonaws.com/role-arn", "arn:aws-us-gov:iam::111122223333:role/keep"],
    ["iam.gke.io/gcp-service-account", "keep@my-project.iam.gserviceaccount.com"],
    ["iam.gke.io/gcp-service-account", "keep@my-project.example.com.iam.gserviceaccount.com"],
    ["iam.gke.io/gcp-service-account", "123456789012-compute@developer.gserviceaccount.com"],
    ["azure.workload.identity/client-id", "AAAAAAAA-2222-3333-4444-555555555555"],
] as const;

/** A disk of one node, as every node has it. */
function onNode(name: string): object {
    const matchExpressions = [{ key: "kubernetes.io/hostname", operator: "In", values: [name] }];
    return { local: { path: "/mnt/ssd" }, nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } };
}

describe("what works beside Keep", () => {
    for (const [where, server] of Object.entries(sqlServers)) {
        accepts({ [`a SQL Server ${where} without either`]: server });
    }

    accepts({
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
            backup: { kind: "s3", bucket: "dumps", credentials: "s3", endpoint: "https://minio", region: "home-1a" },
        },
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
});
