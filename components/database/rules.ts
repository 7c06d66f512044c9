import { isSqlServer } from "./settings";
import { type Rule, rule } from "../settings/rule";

/** Conditions on the database: what SQLite's one writer and Keep's published image allow, and where an external server's address comes from. */
export const databaseRules: readonly Rule[] = [
    rule(["database", "backend", "redis"], ({ database, backend, redis }) =>
        database.kind !== "sqlite"
            ? []
            : [
                  backend.autoscaling !== undefined && {
                      key: "keep:backend.autoscaling",
                      message:
                          "cannot be used with SQLite, which has one writer. Remove it, or choose another keep:database.kind",
                  },
                  backend.autoscaling === undefined &&
                      backend.replicas > 1 && {
                          key: "keep:backend.replicas",
                          value: backend.replicas,
                          message:
                              "is more than SQLite's one writer. Set it to 1, or choose another keep:database.kind",
                      },
                  redis.kind !== "none" && {
                      key: "keep:redis.kind",
                      value: redis.kind,
                      message:
                          "adds workers, which cannot share SQLite's file. Set it to none, or choose another keep:database.kind",
                  },
              ],
    ),
    rule(["database", "backend"], ({ database, backend }) => [
        isSqlServer(database) &&
            backend.image === undefined && {
                key: database.kind === "external" ? "keep:database.engine" : "keep:database.kind",
                value: "sqlserver",
                message:
                    "cannot be used with Keep's published image: it has no SQL Server driver, and Keep 0.54.2 refuses the dialect. " +
                    "Choose postgres or mysql, or set keep:backend.image to a build of your own that speaks it",
            },
    ]),
    rule(["database"], ({ database }, has) => {
        if (database.kind !== "external") {
            return [
                has("databaseUrl") && {
                    key: "keep:databaseUrl",
                    message: `is set, but the database is ${database.kind}. Remove it, or set keep:database.kind to external`,
                },
                database.kind === "sqlite" &&
                    has("databasePassword") && {
                        key: "keep:databasePassword",
                        message: "is set, but SQLite has no password. Remove it, or choose another keep:database.kind",
                    },
            ];
        }
        const ways = [has("databaseUrl"), database.urlSecret !== undefined, database.host !== undefined].filter(
            Boolean,
        ).length;
        const hasPassword = has("databasePassword") || database.passwordSecret !== undefined;
        return [
            ways !== 1 && {
                key: "keep:database",
                message:
                    ways === 0
                        ? "has no address. Set keep:databaseUrl with pulumi config set --secret, or keep:database.urlSecret, or keep:database.host"
                        : "has more than one address. Keep one of keep:databaseUrl, keep:database.urlSecret and keep:database.host",
            },
            database.tls !== undefined &&
                database.host === undefined && {
                    key: "keep:database.tls",
                    message:
                        "is given, but the address is a whole URL, which says that itself. Write its parameters into the URL, or use keep:database.host",
                },
            database.tls?.ca !== undefined &&
                database.engine === "sqlserver" && {
                    key: "keep:database.tls.ca",
                    message:
                        "is given, but the driver of SQL Server trusts the certificates of its image only. Remove it, and put the authority into keep:backend.image",
                },
            database.host !== undefined &&
                !hasPassword && {
                    key: "keep:database.host",
                    value: database.host,
                    message:
                        "comes without a password. Set keep:databasePassword with pulumi config set --secret, or keep:database.passwordSecret",
                },
            has("databasePassword") &&
                database.passwordSecret !== undefined && {
                    key: "keep:database.passwordSecret",
                    message: "is given beside keep:databasePassword. Keep one of them",
                },
        ];
    }),
];
