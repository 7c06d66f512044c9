import { connect } from "node:net";

import { engines } from "../../../components/database/engines";
import type { Check, Result } from "./cluster";

/**
 * Minimum version of each server: Keep's migrations need MySQL 8.0, and its queries use JSONB_PATH_EXISTS of
 * PostgreSQL 12 (keep/api/core/cel_to_sql/sql_providers/postgresql.py).
 */
export const LEAST_VERSIONS = { postgres: 12, mysql: 8, sqlserver: 0 };

/** Milliseconds. */
const TIMEOUT = 10_000;

/**
 * Checks that an external database answers in the protocol of its engine. It connects from this machine, whose network
 * may differ from that of the cluster. MySQL sends its version to any client, PostgreSQL only after a login.
 */
export const databaseFindings: Check = async ({ config: { database } }) => {
    if (database.kind !== "external") {
        return { passed: "the stack creates its database" };
    }
    const { engine, host, port = engines[engine].port } = database;
    if (host === undefined) {
        return { passed: "", skipped: "its address is a secret. The setup Job connects to it" };
    }
    if (engine === "sqlserver") {
        return { passed: "", skipped: "SQL Server returns nothing before a login. The setup Job connects to it" };
    }
    const place = `${host}:${port}`;
    const next = `kubectl run -it --rm probe --image=busybox --restart=Never -- nc -zv ${host} ${port}`;
    let greeting: Buffer;
    try {
        greeting = await ask(host, port, engine === "postgres" ? SSL_REQUEST : undefined);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return {
            passed: "",
            skipped: `${place} does not answer this machine (${reason}). To check it from the cluster: ${next}`,
        };
    }
    const refusal = (engine === "mysql" ? mysqlError : postgresError)(greeting);
    if (refusal !== undefined) {
        const shown = refusal.replaceAll(/\p{C}+/gu, " ").trim();
        return {
            passed: "",
            skipped: `${place} answers this machine with an error (${shown}). --pods logs in from the cluster`,
        };
    }
    const problem = engine === "mysql" ? mysqlProblem(greeting) : postgresProblem(greeting);
    return {
        passed: passedFor(engine, place, greeting),
        failed: problem === undefined ? [] : [{ problem: `${place} ${problem}`, next }],
    };
};

/** SSLRequest: PostgreSQL answers S or N (https://www.postgresql.org/docs/current/protocol-message-formats.html). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

function postgresProblem(greeting: Buffer): string | undefined {
    return ["S", "N"].includes(greeting.toString("latin1", 0, 1))
        ? undefined
        : "is not a PostgreSQL server. Check keep:database.engine";
}

/**
 * The text of an ErrorResponse, for example to an address that pg_hba.conf does not allow; undefined: another answer.
 * Before version 3 of the protocol, it was one text
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL).
 */
function postgresError(greeting: Buffer): string | undefined {
    if (greeting[0] !== "E".charCodeAt(0) || greeting.at(-1) !== 0) {
        return undefined;
    }
    return greeting[1] === 0
        ? (
              greeting
                  .toString("utf8", 5)
                  .split("\0")
                  .find((field) => field.startsWith("M")) ?? "M"
          ).slice(1)
        : greeting.toString("utf8", 1);
}

/**
 * The text of an ERR packet, which MySQL sends instead of its greeting to a host that no account admits; undefined:
 * another answer (https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html).
 */
function mysqlError(greeting: Buffer): string | undefined {
    return greeting[4] === 0xff && greeting[3] === 0
        ? greeting.toString("utf8", 7).replace(/^#[0-9A-Z]{5}/, "")
        : undefined;
}

/**
 * The greeting contains the version, up to a zero byte
 * (https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html).
 */
function mysqlVersion(greeting: Buffer): string | undefined {
    return greeting[4] === 10 ? greeting.toString("latin1", 5, greeting.indexOf(0, 5)) : undefined;
}

function mysqlProblem(greeting: Buffer): string | undefined {
    const version = mysqlVersion(greeting);
    if (version === undefined) {
        return "is not a MySQL server. Check keep:database.engine";
    }
    if (/mariadb/i.test(version)) {
        return `is MariaDB (${version}), on which Keep's migrations fail. Use MySQL 8.0 or later`;
    }
    return Number.parseInt(version, 10) < LEAST_VERSIONS.mysql
        ? `has MySQL ${version}, and Keep needs ${LEAST_VERSIONS.mysql}.0 or later`
        : undefined;
}

function passedFor(engine: string, place: string, greeting: Buffer): Result["passed"] {
    return engine === "mysql"
        ? `${place} is MySQL ${mysqlVersion(greeting) ?? ""}`
        : `${place} answers this machine; its version needs a login (--pods)`;
}

async function ask(host: string, port: number, question: Buffer | undefined): Promise<Buffer> {
    return await new Promise((resolve, reject) => {
        const socket = connect({ host, port, timeout: TIMEOUT });
        socket.once("connect", () => {
            if (question !== undefined) {
                socket.write(question);
            }
        });
        socket.once("data", (data) => {
            socket.destroy();
            resolve(data);
        });
        socket.once("timeout", () => socket.destroy(new Error("no answer")));
        socket.once("error", reject);
        socket.once("close", () => {
            reject(new Error("the connection was closed"));
        });
    });
}
