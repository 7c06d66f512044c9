import type { PoolConfig } from "./settings";
import type { Env } from "../kubernetes/env";

/** What a server speaks. */
export type Dialect = "postgres" | "mysql" | "sqlserver";

/** Drivers that Keep's image brings, and the parameters its URLs need; SQL Server's must come with an image of the user's own. */
const DIALECTS: Readonly<
    Record<
        Dialect,
        { readonly scheme: string; readonly port: number; readonly parameters: Readonly<Record<string, string>> }
    >
> = {
    postgres: { scheme: "postgresql+psycopg2", port: 5432, parameters: {} },
    mysql: { scheme: "mysql+pymysql", port: 3306, parameters: {} },
    sqlserver: {
        scheme: "mssql+pyodbc",
        port: 1433,
        parameters: { driver: "ODBC Driver 18 for SQL Server", TrustServerCertificate: "yes" },
    },
};

/** Parts of a database's address. */
export interface DatabaseAddress {
    readonly dialect: Dialect;
    readonly host: string;
    readonly port?: number;
    readonly name: string;
    readonly user: string;
    /** Goes into the URL as it stands: percent-encoded, or a reference such as $(DATABASE_PASSWORD). */
    readonly password: string;
    readonly parameters?: Readonly<Record<string, string>>;
}

/** SQLAlchemy URL of a server. */
export function databaseUrl({ dialect, host, port, name, user, password, parameters = {} }: DatabaseAddress): string {
    const known = DIALECTS[dialect];
    const query = new URLSearchParams({ ...known.parameters, ...parameters }).toString();
    return `${known.scheme}://${encodeURIComponent(user)}:${password}@${host}:${port ?? known.port}/${name}${query === "" ? "" : `?${query}`}`;
}

/** How much a client asks of a server's certificate. */
export type TlsMode = "require" | "verify-ca" | "verify-full";

/**
 * Parameters that make the driver of a dialect speak TLS: libpq's for psycopg2
 * (https://www.postgresql.org/docs/current/libpq-ssl.html), SQLAlchemy's for PyMySQL
 * (https://docs.sqlalchemy.org/en/20/dialects/mysql.html#ssl-connections), ODBC's for SQL Server, which trusts the system's CAs.
 * @param ca Path of the authorities' certificates.
 */
export function tlsParameters(dialect: Dialect, mode: TlsMode, ca: string): Record<string, string> {
    switch (dialect) {
        case "postgres":
            return mode === "require" ? { sslmode: mode } : { sslmode: mode, sslrootcert: ca };
        case "mysql":
            // Without a CA, PyMySQL encrypts and verifies nothing.
            return mode === "require"
                ? { ssl_check_hostname: "false" }
                : { ssl_ca: ca, ssl_check_hostname: String(mode === "verify-full") };
        case "sqlserver":
            return { Encrypt: "yes", TrustServerCertificate: mode === "require" ? "yes" : "no" };
    }
}

/** Port that a server of this dialect listens on. */
export function usualPort(dialect: Dialect): number {
    return DIALECTS[dialect].port;
}

/** Connection pool of each process of Keep (keep/api/core/db_utils.py). */
export function poolEnv({ size, maxOverflow, timeout, recycle }: PoolConfig): Env {
    return {
        DATABASE_POOL_SIZE: String(size),
        DATABASE_MAX_OVERFLOW: String(maxOverflow),
        DATABASE_POOL_TIMEOUT: String(timeout),
        DATABASE_POOL_RECYCLE: String(recycle),
        // A connection that the server or a failover closed is noticed before it is used.
        KEEP_DB_PRE_PING_ENABLED: "true",
    };
}
