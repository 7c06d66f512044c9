import type * as z from "zod";

import type { AuthConfig } from "../auth/settings";
import { type DatabaseConfig, isSqlServer } from "../database/settings";
import type { MonitoringConfig } from "../monitoring/settings";
import type { NetworkPolicyConfig } from "../network/settings";
import { type backup, isDump } from "./backup/settings";
import type { RetentionConfig } from "./retentionSettings";
import type { Rule } from "../fields/rule";
import { issue } from "../fields/issue";

interface Settings {
    readonly auth: AuthConfig;
    readonly backup: z.infer<typeof backup>;
    readonly database: DatabaseConfig;
    readonly monitoring: MonitoringConfig;
    readonly networkPolicy: NetworkPolicyConfig;
    readonly retention: RetentionConfig;
}

/** Conditions on what works beside Keep: it must speak the database and reach its disk. */
export const operationsRules: readonly Rule<Settings>[] = [
    ({ database, backup }) => [
        database.kind === "sqlite" &&
            isDump(backup) &&
            database.volume.accessModes.includes("ReadWriteOncePod") &&
            issue(
                "backup.kind",
                "needs a second pod on SQLite's disk, which keep:database.volume.accessModes gives to one pod only (ReadWriteOncePod). Use ReadWriteOnce, or set it to none",
                { value: backup.kind },
            ),
        isSqlServer(database) &&
            isDump(backup) &&
            issue("backup.kind", "is not made for SQL Server. Set it to none, and use the server's own backup", {
                value: backup.kind,
            }),
        backup.kind === "snapshot" &&
            database.kind === "external" &&
            issue(
                "backup.kind",
                "needs a disk of the database in the cluster. Set it to volume or s3, or leave the backup to whoever runs the server",
                { value: backup.kind },
            ),
    ],
    ({ auth, monitoring, networkPolicy }) => [
        monitoring.enabled &&
            monitoring.apiKeySecret === undefined &&
            (auth.kind === "auth0" || auth.kind === "azuread") &&
            issue(
                "monitoring.apiKeySecret",
                // Keep makes first API keys for its own single tenant only (keep/api/config.py).
                `is missing: with keep:auth.kind ${auth.kind} Keep makes no API key at its start. Make one of role noc in Keep, put it into a Secret, and name that`,
            ),
        monitoring.enabled &&
            networkPolicy.enabled &&
            networkPolicy.monitoring.length === 0 &&
            issue(
                "networkPolicy.monitoring",
                "is empty, so that no Prometheus would reach the metrics. Name where it runs, such as [{namespace: monitoring}]",
            ),
    ],
    ({ database, retention }) => [
        database.kind === "sqlite" &&
            retention.days !== undefined &&
            database.volume.accessModes.includes("ReadWriteOncePod") &&
            issue(
                "retention.days",
                "needs a second pod on SQLite's disk, which keep:database.volume.accessModes gives to one pod only (ReadWriteOncePod). Use ReadWriteOnce, or remove it",
                { value: retention.days },
            ),
        isSqlServer(database) &&
            retention.days !== undefined &&
            issue("retention.days", "is not made for SQL Server. Remove it, or choose postgres, mysql or sqlite", {
                value: retention.days,
            }),
    ],
];
