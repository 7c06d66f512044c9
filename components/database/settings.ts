import type * as z from "zod";

import { unionOfKinds } from "../fields/kinds";
import { cloudNativePgSchema } from "./cloudNativePg";
import type { Engine } from "./engine";
import { engineNames, engines, isEngineName } from "./engines";
import { externalSchema } from "./external";
import { sqliteSchema } from "./sqlite";

/** Schema of `keep:database`. */
export const database = unionOfKinds([
    { schema: sqliteSchema },
    ...engineNames.map((name) => engines[name]),
    { schema: cloudNativePgSchema },
    { schema: externalSchema },
]);

/** `keep:database`, validated and with defaults. */
export type DatabaseConfig = z.infer<typeof database>;

/** A database server in the cluster. */
export type ServerConfig = Exclude<DatabaseConfig, SqliteConfig | CloudNativePgConfig | ExternalDatabaseConfig>;

/** An external database server. */
export type ExternalDatabaseConfig = z.infer<typeof externalSchema>;

/** PostgreSQL by the operator CloudNativePG. */
export type CloudNativePgConfig = z.infer<typeof cloudNativePgSchema>;

/** The SQLite file. */
export type SqliteConfig = z.infer<typeof sqliteSchema>;

/** The engine of a database; undefined for SQLite. */
export function engineOf(database: DatabaseConfig): Engine | undefined {
    switch (database.kind) {
        case "sqlite":
            return undefined;
        case "external":
            return engines[database.engine];
        case "cloudnativepg":
            return engines.postgres;
        default:
            return engines[database.kind];
    }
}

/** Whether the address of an external database is given by its parts, and not as a complete URL. */
export function hasParts({ host, hostSecret }: Pick<ExternalDatabaseConfig, "host" | "hostSecret">): boolean {
    return host !== undefined || hostSecret !== undefined;
}

/** Whether the database is a server in the cluster. */
export function isServer(database: DatabaseConfig): database is ServerConfig {
    return isEngineName(database.kind);
}
