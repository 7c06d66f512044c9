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
    });
});

describe("names that a database server reserves", () => {
    accepts({ "a user of MySQL with 32 characters": { database: { kind: "mysql", user: "u".repeat(32) } } });
});
describe("parts of a database's address in Secrets", () => {
    const part = { name: "db", key: "k" };
    accepts({ "a user and a password": { database: { ...external, userSecret: part, passwordSecret: part } } });
});
