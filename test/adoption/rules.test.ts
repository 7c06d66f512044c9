import { accepts } from "../support/refusals";

const adopt = { helmRelease: "keep", namespace: "keep" };
const adopted = { adopt, database: { kind: "mysql" }, databasePassword: "p" };

describe("the data of a chart's release", () => {
    accepts({
        MySQL: adopted,
        PostgreSQL: { ...adopted, database: { kind: "postgres", user: "postgres" } },
        "the password in a Secret": {
            adopt,
            database: { kind: "mysql", passwordSecret: { name: "db", key: "password" } },
        },
        "the namespaces by their names": {
            ...adopted,
            namespace: { name: "keep" },
            secretStore: { kind: "kubernetes", namespace: "keep" },
        },
        "credentials in the database": { ...adopted, secretStore: { kind: "database" } },
        "the claim by its name": { ...adopted, database: { kind: "mysql", volume: { existingClaim: "keep-pvc" } } },
        "a restored snapshot of the claim": {
            ...adopted,
            database: { kind: "mysql", volume: { existingClaim: "keep-restored" } },
        },
        "a database that was outside all the time": {
            adopt,
            database: { kind: "external", engine: "mysql", host: "db.example.com" },
            databasePassword: "p",
        },
        "a release whose objects have a name of their own": {
            ...adopted,
            adopt: { helmRelease: "monitoring", namespace: "keep", fullname: "alerts" },
            release: "alerts",
        },
        "a release that has keep in its name": {
            ...adopted,
            adopt: { helmRelease: "my-keep-2", namespace: "keep" },
            release: "my-keep-2",
        },
    });
});
