import { accepts } from "../support/refusals";

describe("the settings of a database", () => {
    accepts({
        "SQLite with everything said": {
            database: {
                kind: "sqlite",
                volume: { size: 10737418240, storageClass: "", accessModes: ["ReadWriteOncePod"], retain: true },
            },
        },
        "a server with everything said": {
            database: {
                kind: "postgres",
                name: "keep_db",
                user: "keep_user",
                pool: { size: 6, maxOverflow: 0, timeout: 1, recycle: 1 },
                settings: { max_connections: 300 },
            },
        },
        "an address by an existing Secret": {
            database: { kind: "external", engine: "postgres", urlSecret: { name: "s", key: "url" } },
        },
        "an address by its parts": {
            database: { kind: "external", engine: "mysql", host: "[fd00::1]", port: 65535 },
            databasePassword: "p",
        },
        "SQL Server with an image of one's own": {
            database: { kind: "sqlserver", acceptEula: true },
            backend: { image: "registry.example.com/keep-api:mssql" },
        },
        "a password of SQL Server of three kinds of characters, with 128 of them": {
            database: { kind: "sqlserver", acceptEula: true },
            backend: { image: "registry.example.com/keep-api:mssql" },
            databasePassword: `pass-1${"x".repeat(122)}`,
        },
        "any password of an external SQL Server, whose policy is its own": {
            database: { kind: "external", engine: "sqlserver", host: "db" },
            backend: { image: "registry.example.com/keep-api:mssql" },
            databasePassword: "p",
        },
    });
});
