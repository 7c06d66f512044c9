import type * as z from "zod";

import { unionOfKinds } from "../fields/kinds";
import { cloudNativePgSchema } from "./cloudNativePg";
import type { Engine } from "./engine";
import { engineNames, engines, isEngineName } from "./engines";
import { externalSchema } from "./external";
import { sqliteSchema } from "./sqlite";

/** Where Keep's data is stored. */
export const database = unionOfKinds([
    { schema: sqliteSchema },
    ...engineNames.map((name) => engines[name]),
    { schema: cloudNativePgSchema },
    { schema: externalSchema },
]);

/** Where Keep's data is stored, with defaults. */
export type DatabaseConfig = z.infer<typeof database>;

/** A database server that the release runs itself. */
export type ServerConfig = Exclude<DatabaseConfig, SqliteConfig | CloudNativePgConfig | ExternalDatabaseConfig>;

/** A database server that somebody else runs. */
export type ExternalDatabaseConfig = z.infer<typeof externalSchema>;

/** PostgreSQL that an operator runs. */
export type CloudNativePgConfig = z.infer<typeof cloudNativePgSchema>;

/** The SQLite file. */
export type SqliteConfig = z.infer<typeof sqliteSchema>;

/** The engine of a database, wherever it runs; undefined for SQLite. */
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

/** Whether a release runs its own database server. */
export function isServer(database: DatabaseConfig): database is ServerConfig {
    return isEngineName(database.kind);
}
