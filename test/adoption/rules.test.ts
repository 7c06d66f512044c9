import { accepts, refuses } from "../support/refusals";

const adopt = { helmRelease: "keep", namespace: "keep" };
const adopted = { adopt, database: { kind: "mysql" }, databasePassword: "p" };

describe("the data of a chart's release", () => {
    refuses({
        "an empty SQLite in its place": [
            { adopt },
            'keep:database.kind ("sqlite") would begin an empty database beside the chart\'s. Set it to postgres or mysql, whichever database.type of the chart says, or to external.',
        ],
        "an empty SQL Server in its place": [
            {
                adopt,
                database: { kind: "sqlserver", acceptEula: true },
                backend: { image: "registry.example.com/keep-api:mssql" },
            },
            'keep:database.kind ("sqlserver") would begin an empty database beside the chart\'s. Set it to postgres or mysql, whichever database.type of the chart says, or to external.',
        ],
        "a volume of its own in its place": [
            { ...adopted, database: { kind: "postgres", volume: { persistentVolume: { hostPath: { path: "/" } } } } },
            "keep:database.volume.persistentVolume is given, but keep-pvc has a volume. Remove it.",
        ],
        "a generated password, which would not open it": [
            { ...adopted, databasePassword: undefined },
            "keep:databasePassword is missing, but the database in keep-pvc has its users. Set the password of keep:database.user; docs/from-the-chart.md says how. Run: pulumi config set --secret keep:databasePassword",
        ],
        "a name that lets two servers run on one disk": [
            { ...adopted, adopt: { ...adopt, helmRelease: "monitoring" } },
            'keep:release ("keep") is not what the chart calls the objects of monitoring. Set it to monitoring-keep, so that its database and ours can never run at once on one disk; for a fullnameOverride set keep:adopt.fullname as well.',
        ],
        "another namespace": [
            { ...adopted, namespace: { name: "other" } },
            'keep:namespace.name ("other") is not keep:adopt.namespace, and a claim cannot leave its namespace. Remove it, or set it to keep.',
        ],
        "another namespace of credentials": [
            { ...adopted, secretStore: { kind: "kubernetes", namespace: "vault" } },
            'keep:secretStore.namespace ("vault") is not where the chart\'s Keep wrote its Secrets. Remove it, or set it to keep.',
        ],
    });
    accepts({
        MySQL: adopted,
        PostgreSQL: { ...adopted, database: { kind: "postgres", user: "postgres" } },
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
