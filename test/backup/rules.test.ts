import { accepts, refuses } from "../support/refusals";

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

describe("what works beside Keep", () => {
    refuses({
        "a backup of a disk that only one pod may have": [
            { ...onePod, backup: { kind: "volume" } },
            'keep:backup.kind ("volume") needs a second pod on SQLite\'s volume, which keep:database.volume.accessModes gives to one pod only (ReadWriteOncePod). Use ReadWriteOnce, or set it to none.',
        ],
        "retention on a disk that only one pod may have": [
            { ...onePod, retention: { days: 30 } },
            "keep:retention.days (30) needs a second pod on SQLite's volume, which keep:database.volume.accessModes gives to one pod only (ReadWriteOncePod). Use ReadWriteOnce, or remove it.",
        ],
    });

    for (const [where, server] of Object.entries(sqlServers)) {
        refuses({
            [`a backup of a SQL Server ${where}`]: [
                { ...server, backup: { kind: "volume" } },
                'keep:backup.kind ("volume") does not support SQL Server. Set it to none, and use the server\'s own backup.',
            ],
            [`retention on a SQL Server ${where}`]: [
                { ...server, retention: { days: 30 } },
                "keep:retention.days (30) does not support SQL Server. Remove it, or choose postgres, mysql or sqlite.",
            ],
        });
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
        "both for a server elsewhere": {
            database: { kind: "external", engine: "mysql", host: "db" },
            databasePassword: "p",
            backup: { kind: "volume" },
            retention: { days: 30 },
        },
    });
});
