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

/** Settings that determine the number of database connections. */
export interface ConnectionSettings {
    readonly backend: BackendConfig;
    readonly backup: BackupConfig;
    readonly consumer: ConsumerConfig;
    readonly database: DatabaseConfig;
    readonly redis: RedisConfig;
    readonly retention: RetentionConfig;
    readonly worker: WorkerConfig;
}

/** Database connections of a component. */
export interface ConnectionRow {
    readonly name: string;
    /** Maximum number of pods, including the one that a rollout adds. */
    readonly pods: number;
    /** Maximum number of connections of a pod. */
    readonly perPod: number;
}

/** Maximum number of connections that a process of Keep opens: those of its pool. */
export function poolSize({ pool }: Exclude<DatabaseConfig, { kind: "sqlite" }>): number {
    return pool.size + pool.maxOverflow;
}

/**
 * The maximum number of connections of each component. Each gunicorn process has a pool (keep/api/core/db_utils.py),
 * and gunicorn's parent process keeps the connection with which it reads the tenant (keep/api/config.py, on_starting).
 * Empty with SQLite.
 */
export function connectionRows(config: ConnectionSettings): ConnectionRow[] {
    const { backend, backup, consumer, database, redis, retention, worker } = config;
    if (database.kind === "sqlite") {
        return [];
    }
    const pool = poolSize(database);
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

/** Sum of the connections of all components. */
export function totalConnections(rows: readonly ConnectionRow[]): number {
    return rows.reduce((total, { pods, perPod }) => total + pods * perPod, 0);
}

/**
 * Connections of the database, and the setting that sets them; undefined if they are unknown, as with an unknown size,
 * whose default they are.
 */
export function connectionLimit(database: DatabaseConfig): (Connections & { readonly path: string }) | undefined {
    if (database.kind === "external") {
        const max = database.maxConnections;
        return max === undefined ? undefined : { path: "database.maxConnections", max, reserved: 0 };
    }
    const settings = "settings" in database ? database.settings : {};
    const connections = settings.max_connections === undefined ? undefined : engineOf(database)?.connections(settings);
    return connections && { path: `database.settings.${connections.parameter ?? "max_connections"}`, ...connections };
}
