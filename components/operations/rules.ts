import { isDump } from "./backup/settings";
import { isSqlServer } from "../database/settings";
import { type Rule, rule } from "../settings/rule";

/** Conditions on what works beside Keep: it must speak the database and reach its disk. */
export const operationsRules: readonly Rule[] = [
    rule(["database", "backup"], ({ database, backup }) => [
        database.kind === "sqlite" &&
            isDump(backup) &&
            database.volume.accessModes.includes("ReadWriteOncePod") && {
                key: "keep:backup.kind",
                value: backup.kind,
                message:
                    "needs a second pod on SQLite's disk, which keep:database.volume.accessModes gives to one pod only (ReadWriteOncePod). Use ReadWriteOnce, or set it to none",
            },
        isSqlServer(database) &&
            isDump(backup) && {
                key: "keep:backup.kind",
                value: backup.kind,
                message: "is not made for SQL Server. Set it to none, and use the server's own backup",
            },
        backup.kind === "snapshot" &&
            database.kind === "external" && {
                key: "keep:backup.kind",
                value: backup.kind,
                message:
                    "needs a disk of the database in the cluster. Set it to volume or s3, or leave the backup to whoever runs the server",
            },
    ]),
    rule(["auth", "monitoring", "networkPolicy"], ({ auth, monitoring, networkPolicy }) => [
        monitoring.enabled &&
            monitoring.apiKeySecret === undefined &&
            (auth.kind === "auth0" || auth.kind === "azuread") && {
                key: "keep:monitoring.apiKeySecret",
                // Keep makes first API keys for its own single tenant only (keep/api/config.py).
                message: `is missing: with keep:auth.kind ${auth.kind} Keep makes no API key at its start. Make one of role noc in Keep, put it into a Secret, and name that`,
            },
        monitoring.enabled &&
            networkPolicy.enabled &&
            networkPolicy.monitoring.length === 0 && {
                key: "keep:networkPolicy.monitoring",
                message:
                    "is empty, so that no Prometheus would reach the metrics. Name where it runs, such as [{namespace: monitoring}]",
            },
    ]),
    rule(["database", "retention"], ({ database, retention }) => [
        database.kind === "sqlite" &&
            retention.days !== undefined &&
            database.volume.accessModes.includes("ReadWriteOncePod") && {
                key: "keep:retention.days",
                value: retention.days,
                message:
                    "needs a second pod on SQLite's disk, which keep:database.volume.accessModes gives to one pod only (ReadWriteOncePod). Use ReadWriteOnce, or remove it",
            },
        isSqlServer(database) &&
            retention.days !== undefined && {
                key: "keep:retention.days",
                value: retention.days,
                message: "is not made for SQL Server. Remove it, or choose postgres, mysql or sqlite",
            },
    ]),
];
