import type * as pulumi from "@pulumi/pulumi";

import type { Database, DatabaseArgs } from "./database";
import { ExternalDatabase } from "./external";
import { mysql } from "./mysql";
import { postgres } from "./postgres";
import { DatabaseServer } from "./server";
import { SqliteDatabase } from "./sqlite";
import { sqlserver } from "./sqlserver";

/** Makes the database that `keep:database.kind` names. A kind without a case does not compile. */
export function createDatabase(
    name: string,
    { config, ...args }: DatabaseArgs,
    opts: pulumi.ComponentResourceOptions,
): Database {
    switch (config.kind) {
        case "sqlite":
            return new SqliteDatabase(name, { config, ...args }, opts);
        case "postgres":
            return new DatabaseServer(name, { config, engine: postgres, ...args }, opts);
        case "mysql":
            return new DatabaseServer(name, { config, engine: mysql, ...args }, opts);
        case "sqlserver":
            return new DatabaseServer(name, { config, engine: sqlserver, ...args }, opts);
        case "external":
            return new ExternalDatabase(name, { config, ...args }, opts);
    }
}
