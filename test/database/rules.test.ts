import { accepts } from "../support/refusals";

const external = { kind: "external", engine: "postgres", host: "db.example.com" };
const databasePassword = "p";

describe("what another setting of the database decides", () => {
    accepts({
        "a TLS mode in the parameters, without tls": {
            database: { ...external, parameters: { sslmode: "require" } },
            databasePassword,
        },
        "parameters of a server": { database: { kind: "postgres", settings: { "pg_stat_statements.max": 5 } } },
        "parameters of MySQL that begin like a prefix, or like one of the program": {
            database: {
                kind: "mysql",
                settings: {
                    skip_name_resolve: "ON",
                    disabled_storage_engines: "MyISAM",
                    port_open_timeout: "5",
                    init_connect: "",
                },
            },
        },
    });
});

describe("names that a database server reserves", () => {
    accepts({ "a user of MySQL with 32 characters": { database: { kind: "mysql", user: "u".repeat(32) } } });
});
describe("parts of a database's address in Secrets", () => {
    const part = { name: "db", key: "k" };
    accepts({ "a user and a password": { database: { ...external, userSecret: part, passwordSecret: part } } });
});
