import { computedText } from "../tokens";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import type { Engine, UrlParameters } from "./engine";
import type { PoolConfig } from "./fields";

/** Parts of a database's address. They go into the URL unchanged: percent-encoded, or references such as $(DATABASE_PASSWORD). */
export interface DatabaseAddress {
    readonly engine: Engine;
    readonly host: string;
    readonly port?: number | string;
    readonly name: string;
    readonly user: string;
    readonly password: string;
    readonly parameters?: UrlParameters;
}

/** SQLAlchemy URL of a server. */
export function databaseUrl({ engine, host, port, name, user, password, parameters = {} }: DatabaseAddress): string {
    // A space is "%20": libpq, which pg_dump parses its URL with, reads "+" as it stands.
    const query = computedText({ ...engine.urlParameters, ...parameters }, (known) =>
        new URLSearchParams(known).toString().replaceAll("+", "%20"),
    );
    return `${engine.scheme}://${user}:${password}@${host}:${port ?? engine.port}/${name}${query === "" ? "" : `?${query}`}`;
}

/** A URL that Kubernetes completes with the password of an existing Secret. The password must be URL-safe. */
export function urlWithPassword(secret: SecretKeyRef["secret"], address: Omit<DatabaseAddress, "password">): Env {
    return {
        DATABASE_PASSWORD: { secret },
        DATABASE_CONNECTION_STRING: databaseUrl({ ...address, password: "$(DATABASE_PASSWORD)" }),
    };
}

/** Connection pool of each process of Keep (keep/api/core/db_utils.py). */
export function poolEnv({ size, maxOverflow, timeout, recycle }: PoolConfig): Env {
    return {
        DATABASE_POOL_SIZE: String(size),
        DATABASE_MAX_OVERFLOW: String(maxOverflow),
        DATABASE_POOL_TIMEOUT: String(timeout),
        DATABASE_POOL_RECYCLE: String(recycle),
        // A connection that the server or a failover has closed is noticed before it is used.
        KEEP_DB_PRE_PING_ENABLED: "true",
    };
}
