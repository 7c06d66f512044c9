import { computedText } from "../tokens";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import type { Engine, UrlParameters } from "./engine";
import type { PoolConfig } from "./fields";

/** Parts of a database URL. They are percent-encoded, or are references such as $(DATABASE_PASSWORD). */
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
    // Encodes a space as "%20", because libpq, which pg_dump uses, does not decode "+".
    const query = computedText({ ...engine.urlParameters, ...parameters }, (known) =>
        new URLSearchParams(known).toString().replaceAll("+", "%20"),
    );
    return `${engine.scheme}://${user}:${password}@${host}:${port ?? engine.port}/${name}${query === "" ? "" : `?${query}`}`;
}

/** A URL in which Kubernetes expands the password of an existing Secret. The password must be URL-safe. */
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
        // Detects connections that the server or a failover has closed, before they are used.
        KEEP_DB_PRE_PING_ENABLED: "true",
    };
}
