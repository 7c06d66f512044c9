import type { Size } from "./sizes";
import type { ConnectionSettings } from "./connections";
import { connectionDemand, connectionLimit, connectionsOf, type Demand, sumOf } from "./connections";
import type { Rule } from "../fields/rule";
import { issue, type Issue } from "../fields/issue";

/** Conditions on the size: what it needs of the stack, and that the database takes as many connections as there may be. */
export const sizeRules: readonly Rule<ConnectionSettings & { readonly size: Size }>[] = [
    ({ size, database, redis }) => [
        size !== "small" &&
            database.kind === "sqlite" &&
            issue(
                "size",
                "asks for more than one API pod, but SQLite has one writer. Set keep:database.kind to postgres, mysql or external, or keep:size to small",
                { value: size },
            ),
        (size === "large" || size === "xlarge") &&
            database.kind !== "sqlite" &&
            redis.kind === "none" &&
            issue(
                "size",
                "counts on workers, which take alerts from a queue, but there is no Redis. Set keep:redis.kind to bundled or external, or keep:size to medium",
                { value: size },
            ),
    ],
    (config) => [connectionProblem(connectionDemand(config), connectionLimit(config.database))],
];

function connectionProblem(demands: readonly Demand[], limit: ReturnType<typeof connectionLimit>): Issue | false {
    if (limit === undefined) {
        return false;
    }
    const { path, value, reserved } = limit;
    if (!Number.isInteger(value)) {
        return issue(path, "is not a whole number. Write digits alone");
    }
    const needed = sumOf(demands) + reserved;
    return (
        value < needed &&
        issue(
            path,
            `is less than the ${needed} connections that there may be: ${arithmetic(demands, reserved)}. ` +
                `Set it to ${needed} or more, or lower replicas, autoscaling.max, processes or keep:database.pool`,
            { value },
        )
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
