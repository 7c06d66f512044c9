import type * as z from "zod";

import { unionOfKinds } from "../fields/kinds";
import type { Engine } from "./engine";
import { engineNames, engines } from "./engines";
import { externalSchema } from "./external";
import { sqliteSchema } from "./sqlite";

/** Where Keep's data is stored. */
export const database = unionOfKinds([
    { schema: sqliteSchema },
    ...engineNames.map((name) => engines[name]),
    { schema: externalSchema },
]);

/** Where Keep's data is stored, with defaults. */
export type DatabaseConfig = z.infer<typeof database>;

/** A database server that the release runs itself. */
export type ServerConfig = Exclude<DatabaseConfig, SqliteConfig | ExternalDatabaseConfig>;

/** A database server that somebody else runs. */
export type ExternalDatabaseConfig = z.infer<typeof externalSchema>;

/** The SQLite file. */
export type SqliteConfig = z.infer<typeof sqliteSchema>;

/** The engine of a database, wherever it runs; undefined for SQLite. */
export function engineOf(database: DatabaseConfig): Engine | undefined {
    switch (database.kind) {
        case "sqlite":
            return undefined;
        case "external":
            return engines[database.engine];
        default:
            return engines[database.kind];
    }
}

/** Whether a release runs its own database server. */
export function isServer(database: DatabaseConfig): database is ServerConfig {
    return database.kind !== "sqlite" && database.kind !== "external";
}
