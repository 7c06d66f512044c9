import { type DatabaseConfig, engineOf } from "../database/settings";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import type { RetentionConfig } from "./settings";

/** Conditions on retention: its script supports the database, and its pod can mount the volume. */
export const retentionRules: readonly Rule<{
    readonly database: DatabaseConfig;
    readonly retention: RetentionConfig;
}>[] = [
    ({ database, retention }) => [
        database.kind === "sqlite" &&
            retention.days !== undefined &&
            database.volume.accessModes.includes("ReadWriteOncePod") &&
            issue(
                "retention.days",
                "needs a second pod on SQLite's volume, but keep:database.volume.accessModes allows only one pod (ReadWriteOncePod). Use ReadWriteOnce, or remove it",
                { value: retention.days },
            ),
        engineOf(database)?.kind === "sqlserver" &&
            retention.days !== undefined &&
            issue("retention.days", "does not support SQL Server. Remove it, or choose postgres, mysql or sqlite", {
                value: retention.days,
            }),
    ],
];
