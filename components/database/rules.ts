import type { RedisConfig } from "../redis/settings";
import type { StackConfig } from "../settings/schema";
import { type DatabaseConfig, engineOf } from "./settings";
import type { Rule } from "../fields/rule";
import { issue } from "../fields/issue";

interface Settings {
    readonly backend: StackConfig["backend"];
    readonly database: DatabaseConfig;
    readonly redis: RedisConfig;
}

/** Conditions on the database: what SQLite's one writer and Keep's published image allow, and where an external server's address comes from. */
export const databaseRules: readonly Rule<Settings, "databasePassword" | "databaseUrl">[] = [
    ({ database, backend, redis }) =>
        database.kind !== "sqlite"
            ? []
            : [
                  backend.autoscaling !== undefined &&
                      issue(
                          "backend.autoscaling",
                          "cannot be used with SQLite, which has one writer. Remove it, or choose another keep:database.kind",
                      ),
                  backend.autoscaling === undefined &&
                      backend.replicas > 1 &&
                      issue(
                          "backend.replicas",
                          "is more than SQLite's one writer. Set it to 1, or choose another keep:database.kind",
                          { value: backend.replicas },
                      ),
                  redis.kind !== "none" &&
                      issue(
                          "redis.kind",
                          "adds workers, which cannot share SQLite's file. Set it to none, or choose another keep:database.kind",
                          { value: redis.kind },
                      ),
              ],
    ({ database, backend }) => [
        engineOf(database)?.kind === "sqlserver" &&
            backend.image === undefined &&
            issue(
                database.kind === "external" ? "database.engine" : "database.kind",
                "cannot be used with Keep's published image: it has no SQL Server driver, and Keep 0.54.2 refuses the dialect. " +
                    "Choose postgres or mysql, or set keep:backend.image to a build of your own that speaks it",
                { value: "sqlserver" },
            ),
    ],
    ({ database }, has) => {
        if (database.kind !== "external") {
            return [
                has("databaseUrl") &&
                    issue(
                        "databaseUrl",
                        `is set, but the database is ${database.kind}. Remove it, or set keep:database.kind to external`,
                    ),
                database.kind === "sqlite" &&
                    has("databasePassword") &&
                    issue(
                        "databasePassword",
                        "is set, but SQLite has no password. Remove it, or choose another keep:database.kind",
                    ),
            ];
        }
        const ways = [has("databaseUrl"), database.urlSecret !== undefined, database.host !== undefined].filter(
            Boolean,
        ).length;
        const hasPassword = has("databasePassword") || database.passwordSecret !== undefined;
        return [
            ways !== 1 &&
                issue(
                    "database",
                    ways === 0
                        ? "has no address. Set keep:databaseUrl, keep:database.urlSecret or keep:database.host"
                        : "has more than one address. Keep one of keep:databaseUrl, keep:database.urlSecret and keep:database.host",
                ),
            database.tls !== undefined &&
                database.host === undefined &&
                issue(
                    "database.tls",
                    "is given, but the address is a whole URL, which says that itself. Write its parameters into the URL, or use keep:database.host",
                ),
            database.tls?.ca !== undefined &&
                database.engine === "sqlserver" &&
                issue(
                    "database.tls.ca",
                    "is given, but the driver of SQL Server trusts the certificates of its image only. Remove it, and put the authority into keep:backend.image",
                ),
            database.host !== undefined &&
                !hasPassword &&
                issue(
                    "database.host",
                    "comes without a password. Set keep:databasePassword, or keep:database.passwordSecret",
                    { value: database.host, secretKey: "databasePassword" },
                ),
            has("databasePassword") &&
                database.passwordSecret !== undefined &&
                issue("database.passwordSecret", "is given beside keep:databasePassword. Keep one of them"),
        ];
    },
];
