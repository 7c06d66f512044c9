import { type BackupConfig, makesDumps } from "../backup/settings";
import type { Connections } from "../database/engine";
import { type DatabaseConfig, engineOf } from "../database/settings";
import type { RedisConfig } from "../redis/settings";
import type { RetentionConfig } from "../retention/settings";
import type { BackendConfig } from "../tiers/backend";
import type { ConsumerConfig } from "../tiers/consumer";
import { maxReplicas, type TierConfig } from "../tiers/settings";
import { watcherPlace } from "../tiers/watcher";
import type { WorkerConfig } from "../tiers/worker";

/** Settings that the number of database connections follows from. */
export interface ConnectionSettings {
    readonly backend: BackendConfig;
    readonly backup: BackupConfig;
    readonly consumer: ConsumerConfig;
    readonly database: DatabaseConfig;
    readonly redis: RedisConfig;
    readonly retention: RetentionConfig;
    readonly worker: WorkerConfig;
}

/** Connections that one part of a release may open at once. */
export interface ConnectionRow {
    readonly name: string;
    /** Pods that may run at once, with the one that a rollout adds. */
    readonly pods: number;
    /** Connections of each. */
    readonly perPod: number;
}

/**
 * The most connections that a stack's parts open at once. Every gunicorn process has a pool of its own
 * (keep/api/core/db_utils.py); the parent, which starts before them, keeps the connection that it looked for the tenant by
 * (keep/api/config.py, on_starting). SQLite has no connections to count.
 */
export function connectionRows(config: ConnectionSettings): ConnectionRow[] {
    const { backend, backup, consumer, database, redis, retention, worker } = config;
    if (database.kind === "sqlite") {
        return [];
    }
    const pool = database.pool.size + database.pool.maxOverflow;
    const tier = (name: string, settings: TierConfig & { readonly processes: number }): ConnectionRow => {
        const pods = maxReplicas(settings);
        return { name, pods: pods + Math.min(pods, 1), perPod: settings.processes * pool + 1 };
    };
    const rows: (ConnectionRow | false)[] = [
        tier("backend", backend),
        watcherPlace(config) === "sidecar" && { name: "watcher", pods: 2, perPod: 2 },
        redis.kind !== "none" && tier("worker", worker),
        consumer.enabled && { name: "consumer", pods: 1, perPod: pool + 1 },
        { name: "setup", pods: 1, perPod: pool },
        makesDumps(backup) && { name: "backup", pods: 1, perPod: 1 },
        retention.days !== undefined && { name: "retention", pods: 1, perPod: 1 },
    ];
    return rows.filter((row) => row !== false);
}

/** Connections of all rows. */
export function totalConnections(rows: readonly ConnectionRow[]): number {
    return rows.reduce((total, { pods, perPod }) => total + pods * perPod, 0);
}

/** Connections that the database has, and the setting that says so; undefined where the stack does not tell. */
export function connectionLimit(database: DatabaseConfig): (Connections & { readonly path: string }) | undefined {
    if (database.kind === "external") {
        const max = database.maxConnections;
        return max === undefined ? undefined : { path: "database.maxConnections", max, reserved: 0 };
    }
    const connections = "settings" in database ? engineOf(database)?.connections(database.settings) : undefined;
    return connections && { path: "database.settings.max_connections", ...connections };
}
