import { connectionDemand, connectionLimit, connectionsOf, type Demand, sumOf } from "./connections";
import type { Issue } from "../settings/issues";
import { type Rule, rule } from "../settings/rule";

/** Conditions on the size: what it needs of the stack, and that the database takes as many connections as there may be. */
export const sizeRules: readonly Rule[] = [
    rule(["size", "database", "redis"], ({ size, database, redis }) => [
        size !== "small" &&
            database.kind === "sqlite" && {
                key: "keep:size",
                value: size,
                message:
                    "asks for more than one API pod, but SQLite has one writer. Set keep:database.kind to postgres, mysql or external, or keep:size to small",
            },
        (size === "large" || size === "xlarge") &&
            database.kind !== "sqlite" &&
            redis.kind === "none" && {
                key: "keep:size",
                value: size,
                message:
                    "counts on workers, which take alerts from a queue, but there is no Redis. Set keep:redis.kind to bundled or external, or keep:size to medium",
            },
    ]),
    rule(["backend", "backup", "consumer", "database", "redis", "retention", "worker"], (config) => [
        connectionProblem(connectionDemand(config), connectionLimit(config.database)),
    ]),
];

function connectionProblem(demands: readonly Demand[], limit: ReturnType<typeof connectionLimit>): Issue | false {
    if (limit === undefined) {
        return false;
    }
    const { key, value, reserved } = limit;
    if (!Number.isInteger(value)) {
        return { key, message: "is not a whole number. Write digits alone" };
    }
    const needed = sumOf(demands) + reserved;
    return (
        value < needed && {
            key,
            value,
            message:
                `is less than the ${needed} connections that there may be: ${arithmetic(demands, reserved)}. ` +
                `Set it to ${needed} or more, or lower replicas, autoscaling.max, processes or keep:database.pool`,
        }
    );
}

/** Every summand, with how it comes about. */
function arithmetic(demands: readonly Demand[], reserved: number): string {
    return [...demands.map(summand), ...(reserved === 0 ? [] : [`${reserved} reserved for the superuser`])].join(" + ");
}

function summand(demand: Demand): string {
    const { part, pods, surge, processes, pool, parent } = demand;
    return parent === 0
        ? `${part} ${connectionsOf(demand)}`
        : `${part} ${connectionsOf(demand)} ((${pods} + ${surge}) pods × (${processes} × ${pool} + ${parent}))`;
}
