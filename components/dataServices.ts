import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "./context";
import { withDirectHosts } from "./airGapped/proxy";
import { proxyVariables } from "./airGapped/proxyVariables";
import { bucketTrustsExtraCa } from "./database/cloudNativePgBackup";
import { createDatabase } from "./database/create";
import type { Database } from "./database/database";
import { Redis } from "./redis/redis";
import { Elasticsearch } from "./search";
import type { KeepConfig } from "./settings/resolve";

/** Services in which Keep stores data. */
export interface DataServices {
    readonly database: Database;
    /** The queue; undefined without `keep:redis`. */
    readonly redis: Redis | undefined;
    /** All services, including Elasticsearch. */
    readonly all: readonly (Database | Redis | Elasticsearch)[];
}

/** Creates the database, and Redis and Elasticsearch if they are configured. */
export function createDataServices(
    name: string,
    context: Context<KeepConfig>,
    opts: pulumi.ComponentResourceOptions,
): DataServices {
    const { adopt, backend, database, elasticsearch, extraCa, redis, secrets } = context.config;
    // The operator's pods connect as those of keep:backup do, and to the API server with the same variables
    // (pkg/management/client.go of cloudnative-pg).
    const bucket = {
        authority: bucketTrustsExtraCa(database) ? extraCa?.secret : undefined,
        proxy: withDirectHosts(proxyVariables(backend.env), context.release),
    };
    const shared = { ...context, secrets };
    const services = {
        database: createDatabase(
            `${name}-database`,
            { ...shared, bucket, config: database, adopted: adopt !== undefined },
            opts,
        ),
        redis: redis.kind === "none" ? undefined : new Redis(`${name}-redis`, { ...shared, config: redis }, opts),
        elasticsearch:
            elasticsearch === undefined
                ? undefined
                : new Elasticsearch(`${name}-elasticsearch`, { ...shared, config: elasticsearch }, opts),
    };
    return { ...services, all: Object.values(services).filter((service) => service !== undefined) };
}
