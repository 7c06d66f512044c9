import type * as pulumi from "@pulumi/pulumi";

import { CloudNativePgDatabase } from "./cloudNativePg";
import type { Database, DatabaseArgs } from "./database";
import { engines } from "./engines";
import { ExternalDatabase } from "./external";
import type { DatabaseConfig } from "./settings";
import { DatabaseServer } from "./server";
import { SqliteDatabase } from "./sqlite";

/** Creates the database of `keep:database.kind`. */
export function createDatabase(
    name: string,
    { config, ...args }: DatabaseArgs<DatabaseConfig>,
    opts: pulumi.ComponentResourceOptions,
): Database {
    switch (config.kind) {
        case "sqlite":
            return new SqliteDatabase(name, { config, ...args }, opts);
        case "cloudnativepg":
            return new CloudNativePgDatabase(name, { config, ...args }, opts);
        case "external":
            return new ExternalDatabase(name, { config, ...args }, opts);
        default:
            return new DatabaseServer(name, { config, engine: engines[config.kind], ...args }, opts);
    }
}
