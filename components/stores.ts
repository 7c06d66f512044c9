import type * as pulumi from "@pulumi/pulumi";

import type { KeepConfig } from "./settings/resolve";
import { createDatabase } from "./database/create";
import type { Database } from "./database/database";
import { Elasticsearch } from "./search/search";
import type { Release } from "./naming";
import { Redis } from "./redis/redis";
import type { Secrets } from "./secrets/secrets";

/** What the stores of a release are made from. */
export interface StoresArgs {
    readonly release: Release;
    readonly config: KeepConfig;
    readonly secrets: Secrets;
    /** Fixed user ids are left out on OpenShift. */
    readonly fixedUser: boolean;
}

/** Where Keep's processes keep data. */
export interface Stores {
    readonly database: Database;
    /** The queue; undefined without one. */
    readonly redis: Redis | undefined;
    /** These, and where alerts are searched if that is elsewhere. */
    readonly all: readonly (Database | Redis | Elasticsearch)[];
}

/** Makes every store that the configuration asks for. */
export function createStores(
    name: string,
    { release, config, secrets, fixedUser }: StoresArgs,
    opts: pulumi.ComponentResourceOptions,
): Stores {
    const { adopt, elasticsearch, images, redis } = config;
    const store = { release, images, secrets: config.secrets, fingerprintKey: secrets.fingerprintKey, fixedUser };
    const made = {
        database: createDatabase(
            `${name}-database`,
            { ...store, config: config.database, adopted: adopt !== undefined },
            opts,
        ),
        redis: redis.kind === "none" ? undefined : new Redis(`${name}-redis`, { ...store, config: redis }, opts),
        elasticsearch:
            elasticsearch === undefined
                ? undefined
                : new Elasticsearch(`${name}-elasticsearch`, { ...store, config: elasticsearch }, opts),
    };
    return { ...made, all: Object.values(made).filter((part) => part !== undefined) };
}
