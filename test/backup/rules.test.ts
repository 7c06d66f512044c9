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
        "both for a server elsewhere": {
            database: { kind: "external", engine: "mysql", host: "db" },
            databasePassword: "p",
            backup: { kind: "volume" },
            retention: { days: 30 },
        },
    });
});
