import { makesDumps } from "../backup/settings";
import type { StackConfig } from "../settings/schema";
import { maxReplicas, type TierConfig } from "../tiers/settings";

/** Settings that the number of database connections follows from. */
export type ConnectionSettings = Pick<
    StackConfig,
    "backend" | "backup" | "consumer" | "database" | "redis" | "retention" | "worker"
>;

/** What one part of a release may open at once. */
export interface Demand {
    readonly part: string;
    /** The pods that there may be. */
    readonly pods: number;
    /** Pods beside these, while a rollout replaces one by one. */
    readonly surge: number;
    /** Processes of a pod that have a pool, and the connections of each. */
    readonly processes: number;
    readonly pool: number;
    /** Further connections of a pod. */
    readonly parent: number;
}

/** Connections of a server that Keep's user cannot have. MySQL keeps one for administrators beside its max_connections. */
const RESERVED: Readonly<Record<string, string>> = {
    superuser_reserved_connections: "3",
    reserved_connections: "0",
};

/**
 * The most connections that a stack's parts open at once. Every gunicorn process has a pool of its own
 * (keep/api/core/db_utils.py); the parent, which starts before them, keeps the connection that it looked for the tenant by
 * (keep/api/config.py, on_starting). SQLite has no connections to count.
 */
export function connectionDemand(config: ConnectionSettings): Demand[] {
    const { backend, backup, consumer, database, redis, retention, worker } = config;
    if (database.kind === "sqlite") {
        return [];
    }
    const pool = database.pool.size + database.pool.maxOverflow;
    const tier = (part: string, tierConfig: TierConfig & { readonly processes: number }): Demand => {
        const pods = maxReplicas(tierConfig);
        return { part, pods, surge: Math.min(pods, 1), processes: tierConfig.processes, pool, parent: 1 };
    };
    const job = (part: string, most: number): Demand => ({
        part,
        pods: 1,
        surge: 0,
        processes: 1,
        pool: most,
        parent: 0,
    });
    return [
        tier("backend", backend),
        ...(redis.kind === "none" ? [] : [tier("worker", worker)]),
        ...(consumer.enabled ? [{ part: "consumer", pods: 1, surge: 0, processes: 1, pool, parent: 1 }] : []),
        job("setup", pool),
        ...(makesDumps(backup) ? [job("backup", 1)] : []),
        ...(retention.days === undefined ? [] : [job("retention", 1)]),
    ];
}

/** Connections of one demand. */
export function connectionsOf({ pods, surge, processes, pool, parent }: Demand): number {
    return (pods + surge) * (processes * pool + parent);
}

/** Connections of all demands. */
export function sumOf(demands: readonly Demand[]): number {
    return demands.reduce((sum, demand) => sum + connectionsOf(demand), 0);
}

/** Connections that Keep may open: as far as the stack knows. `reserved` are those that the server has beside. */
export function connectionLimit(
    database: StackConfig["database"],
): { readonly path: string; readonly value: number; readonly reserved: number } | undefined {
    if (database.kind === "external") {
        const value = database.maxConnections;
        return value === undefined ? undefined : { path: "database.maxConnections", value, reserved: 0 };
    }
    if (database.kind !== "postgres" && database.kind !== "mysql") {
        return undefined;
    }
    const { settings } = database;
    const reserved = Object.entries(RESERVED).map(([name, usual]) => Number(settings[name] ?? usual));
    return {
        path: "database.settings.max_connections",
        value: Number(settings.max_connections),
        reserved: database.kind === "mysql" ? 0 : reserved.reduce((sum, one) => sum + one, 0),
    };
}
