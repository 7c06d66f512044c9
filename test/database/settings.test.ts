import { accepts, refuses } from "../support/refusals";

describe("the settings of a database", () => {
    refuses({
        "an unknown kind of database": [
            { database: { kind: "mongodb" } },
            'keep:database.kind ("mongodb") has no known kind. Set kind to sqlite, postgres, mysql, sqlserver or external.',
        ],
        "a database without a kind": [
            { database: { volume: { size: "1Gi" } } },
            "keep:database.kind is missing. Set it to sqlite, postgres, mysql, sqlserver or external.",
        ],
        "a database that is text": [
            { database: "postgres" },
            'keep:database ("postgres") is not an object. Write its fields, such as {kind: sqlite}.',
        ],
        "a size of nothing known": [
            { database: { kind: "sqlite", volume: { size: "big" } } },
            'keep:database.volume.size ("big") is not a Kubernetes quantity. Write it like 500m, 2, 512Mi or 10Gi.',
        ],
        "a volume of no size": [
            { database: { kind: "sqlite", volume: { size: "0Gi" } } },
            'keep:database.volume.size ("0Gi") is not the size of a volume. Write it like 10Gi.',
        ],
        "a volume of a part of a byte": [
            { database: { kind: "sqlite", volume: { size: "100m" } } },
            'keep:database.volume.size ("100m") is not the size of a volume. Write it like 10Gi.',
        ],
        "an unknown access mode": [
            { database: { kind: "sqlite", volume: { accessModes: ["ReadOnlyMany"] } } },
            'keep:database.volume.accessModes.0 ("ReadOnlyMany") is none of the known values. Use ReadWriteOnce, ReadWriteOncePod, ReadWriteMany.',
        ],
        "no access mode": [
            { database: { kind: "sqlite", volume: { accessModes: [] } } },
            "keep:database.volume.accessModes ([]) is empty. Leave it out, or name an access mode.",
        ],
        "a claim that is no name": [
            { database: { kind: "sqlite", volume: { existingClaim: "My Claim" } } },
            'keep:database.volume.existingClaim ("My Claim") is not a Kubernetes name. Use lower-case letters, digits and dashes, beginning and ending with a letter or digit.',
        ],
        "a source of a volume in text": [
            { database: { kind: "sqlite", volume: { persistentVolume: "/data" } } },
            'keep:database.volume.persistentVolume ("/data") is not an object. Write it as Kubernetes does: https://kubernetes.io/docs/concepts/storage/persistent-volumes/.',
        ],
        "a pool of no connections": [
            { database: { kind: "postgres", pool: { size: 0 } } },
            "keep:database.pool.size (0) is less than 1. Use 1 or more.",
        ],
        "a pool with a negative overflow": [
            { database: { kind: "postgres", pool: { maxOverflow: -1 } } },
            "keep:database.pool.maxOverflow (-1) is less than 0. Use 0 or more.",
        ],
        "a database name with a dash": [
            { database: { kind: "postgres", name: "keep-db" } },
            'keep:database.name ("keep-db") is not a plain database name. Use letters, digits and underscores, beginning with a letter.',
        ],
        "a database user that begins with a digit": [
            { database: { kind: "mysql", user: "1keep" } },
            'keep:database.user ("1keep") is not a plain user name. Use letters, digits and underscores, beginning with a letter.',
        ],
        "another user than sa in SQL Server": [
            { database: { kind: "sqlserver", user: "keep", acceptEula: true }, backend: { image: "own:1" } },
            'keep:database.user ("keep") is not sa, the only user that the image makes. Leave it out.',
        ],
        "SQL Server without its licence": [
            { database: { kind: "sqlserver" }, backend: { image: "own:1" } },
            "keep:database.acceptEula is not true. Read Microsoft's licence (https://go.microsoft.com/fwlink/?linkid=857698), then set it to true.",
        ],
        "SQL Server with its licence refused": [
            { database: { kind: "sqlserver", acceptEula: false }, backend: { image: "own:1" } },
            "keep:database.acceptEula (false) is not true. Read Microsoft's licence (https://go.microsoft.com/fwlink/?linkid=857698), then set it to true.",
        ],
        "an external database without an engine": [
            { database: { kind: "external", host: "db" }, databasePassword: "p" },
            "keep:database.engine is missing. Use one of postgres, mysql, sqlserver.",
        ],
        "an external MariaDB": [
            { database: { kind: "external", engine: "mariadb", host: "db" }, databasePassword: "p" },
            'keep:database.engine ("mariadb") is none of the known values. Use postgres, mysql, sqlserver.',
        ],
        "a database host with a scheme": [
            { database: { kind: "external", engine: "mysql", host: "tcp://db/" }, databasePassword: "p" },
            'keep:database.host ("tcp://db/") is not a host. Give a name or an address alone, such as db.example.com.',
        ],
        "a database port of nothing": [
            { database: { kind: "external", engine: "mysql", host: "db", port: 0 }, databasePassword: "p" },
            "keep:database.port (0) is less than 1. Use 1 or more.",
        ],
        "a database port out of range": [
            { database: { kind: "external", engine: "mysql", host: "db", port: 65536 }, databasePassword: "p" },
            "keep:database.port (65536) is more than 65535. Use 65535 or less.",
        ],
        "an empty database user": [
            { database: { kind: "external", engine: "mysql", host: "db", user: "" }, databasePassword: "p" },
            'keep:database.user ("") is empty. Name the user, or leave the key out.',
        ],
        "a URL's Secret without a key": [
            { database: { kind: "external", engine: "mysql", urlSecret: { name: "s" } } },
            "keep:database.urlSecret.key is missing. Give it text.",
        ],
    });

    accepts({
        "SQLite with everything said": {
            database: {
                kind: "sqlite",
                volume: { size: 10, storageClass: "", accessModes: ["ReadWriteOncePod"], retain: true },
            },
        },
        "a server with everything said": {
            database: {
                kind: "postgres",
                name: "keep_db",
                user: "keep_user",
                pool: { size: 1, maxOverflow: 0, timeout: 1, recycle: 1 },
                settings: { max_connections: 300 },
            },
        },
        "an address by an existing Secret": {
            database: { kind: "external", engine: "postgres", urlSecret: { name: "s", key: "url" } },
        },
        "an address by its parts": {
            database: { kind: "external", engine: "mysql", host: "[::1]", port: 65535 },
            databasePassword: "p",
        },
        "SQL Server with an image of one's own": {
            database: { kind: "sqlserver", acceptEula: true },
            backend: { image: "registry.example.com/keep-api:mssql" },
        },
    });
});
