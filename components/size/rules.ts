import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { hasLater } from "../tokens";
import { connectionLimit, connectionRows, type ConnectionSettings, totalConnections } from "./connections";
import type { Size } from "./sizes";

/**
 * Conditions on the size: it has the required components, and the database accepts the maximum number of connections.
 */
export const sizeRules: readonly Rule<ConnectionSettings & { readonly size: Size }>[] = [
    ({ size, database, redis }) => [
        size !== "small" &&
            database.kind === "sqlite" &&
            issue(
                "size",
                "needs more than one API pod, but SQLite supports only one. Set keep:database.kind to postgres, mysql or external, or keep:size to small",
                { value: size },
            ),
        (size === "large" || size === "xlarge") &&
            database.kind !== "sqlite" &&
            redis.kind === "none" &&
            issue(
                "size",
                "needs workers, which read alerts from a queue in Redis, but there is no Redis. Set keep:redis.kind to bundled or external, or keep:size to medium",
                { value: size },
            ),
    ],
    (config) => [connectionIssue(config)],
];

function connectionIssue(config: ConnectionSettings): Issue | false {
    const limit = connectionLimit(config.database);
    if (limit === undefined || hasLater(config.database)) {
        return false;
    }
    const { path, max, reserved } = limit;
    if (!Number.isInteger(max)) {
        return issue(path, "is not a whole number. Write digits alone");
    }
    if (!Number.isInteger(reserved)) {
        return issue(
            path,
            "cannot be compared: a number of reserved connections is no whole number. Write digits alone",
        );
    }
    const rows = connectionRows(config);
    const needed = totalConnections(rows) + reserved;
    const summands = [
        ...rows.map(({ name, pods, perPod }) => `${name} ${pods === 1 ? "" : `${pods} × `}${perPod}`),
        ...(reserved === 0 ? [] : [`reserved ${reserved}`]),
    ];
    return (
        max < needed &&
        issue(
            path,
            `is less than the ${needed} connections that may be open at once: ${summands.join(", ")}. ` +
                `Set it to ${needed} or more, or lower replicas, autoscaling.max, processes or keep:database.pool`,
            { value: max },
        )
    );
}
