import type { StackConfig } from "../settings/schema";

/** Parts of a release that have pods, by the name in their label `app.kubernetes.io/component`. */
export type Part =
    | "backend"
    | "backup"
    | "consumer"
    | "database"
    | "frontend"
    | "redis"
    | "retention"
    | "setup"
    | "websocket"
    | "worker";

/** The parts that a stack has pods of. */
export function partsOf({
    backup,
    consumer,
    database,
    redis,
    retention,
    websocket,
}: Pick<StackConfig, "backup" | "consumer" | "database" | "redis" | "retention" | "websocket">): Part[] {
    const parts: (Part | false)[] = [
        "backend",
        "frontend",
        // With SQLite setup runs in the backend's pod.
        database.kind !== "sqlite" && "setup",
        database.kind !== "sqlite" && database.kind !== "external" && "database",
        redis.kind === "bundled" && "redis",
        redis.kind !== "none" && "worker",
        consumer.enabled && "consumer",
        websocket.kind === "soketi" && "websocket",
        backup.kind !== "none" && "backup",
        retention.days !== undefined && "retention",
    ];
    return parts.filter((part) => part !== false);
}
