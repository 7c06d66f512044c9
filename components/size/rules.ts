import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { hasLater } from "../tokens";
import { connectionLimit, connectionRows, type ConnectionSettings, poolSize, totalConnections } from "./connections";
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
    (config) => [poolIssue(config)],
];

/** Events that a process handles at once, with the default of Keep (keep/api/routes/alerts.py, keep/api/arq_worker.py). */
const EVENTS = "KEEP_EVENT_WORKERS";
const USUAL_EVENTS = 5;

/**
 * The issue of a pool that the events of a process can use up: each holds a connection while it needs another, so they would
 * wait for each other (keep/api/tasks/process_event_task.py).
 */
function poolIssue({ backend, database, redis, worker }: ConnectionSettings): Issue | false {
    if (database.kind === "sqlite") {
        return false;
    }
    const [tier, { env }] = redis.kind === "none" ? (["backend", backend] as const) : (["worker", worker] as const);
    const pool = poolSize(database);
    const given = env[EVENTS];
    const events = given === undefined ? USUAL_EVENTS : Number(given);
    // A reference to another variable is not known.
    if (pool > events || Number.isNaN(events)) {
        return false;
    }
    const reason =
        "Each event holds one and needs another, so they would wait for each other, and alerts would be lost";
    return given === undefined
        ? issue(
              "database.pool",
              `has ${pool} connections for the ${events} events that a process handles at once. ${reason}. Set size and maxOverflow to ${events + 1} or more in total${pool > 1 ? `, or lower keep:${tier}.env.${EVENTS}` : ""}`,
          )
        : issue(
              [tier, "env", EVENTS],
              `is not less than the ${pool} connections of keep:database.pool. ${reason}. Set it to less, or increase the pool`,
              { value: given },
          );
}

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
