import * as z from "zod";

import { count, keyReference, resources, stringMap } from "../fields/vocabulary";
import { volume } from "../fields/volume";
import { accountFields, podFields } from "../pods/settings";

/** Connection pool of each process of Keep. */
export const pool = z
    .strictObject({
        size: count(1).default(5).describe("connections that a process keeps; 10 from keep:size large"),
        maxOverflow: count(0).default(10).describe("further connections under load; 5 from keep:size large"),
        timeout: count(1)
            .default(30)
            .describe("seconds to wait for a free connection; Keep 0.54.2 and earlier always wait 30"),
        recycle: count(1)
            .default(1800)
            .describe(
                "seconds after which a connection is renewed; keep it below the server's idle limit. Keep 0.54.2 and earlier ignore it",
            ),
    })
    .prefault({})
    .describe("connection pool of each process");

/** Connection pool of each process of Keep, with defaults. */
export type PoolConfig = z.infer<typeof pool>;

/**
 * A name that needs no quotes in SQL.
 * @param reserved pattern of names that the server reserves
 */
export function identifier(what: string, reserved = /^$/, maxLength = 63) {
    return z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9_]*$/, {
            error: `is not a valid ${what}. Use letters, digits and underscores, beginning with a letter`,
        })
        .max(maxLength, { error: `is longer than ${maxLength} characters, the maximum of a ${what}. Shorten it` })
        .refine((name) => !reserved.test(name), {
            error: `is a ${what} that the server reserves. Choose another, such as keep`,
        });
}

/** Descriptions of fields whose schemas depend on the engine. */
export const DATABASE_NAME = "database inside the server";
export const USER = "user that Keep signs in as";

/** Settings of all database servers in the cluster. */
export const serverFields = {
    name: identifier("database name").default("keep").describe(DATABASE_NAME),
    user: identifier("user name").default("keep").describe(USER),
    passwordSecret: keyReference
        .optional()
        .describe(
            "key of an existing Secret that holds the password, which must be URL-safe; else keep:databasePassword, or generated",
        ),
    volume: volume.prefault({}).describe("volume of the server"),
    pool,
    settings: stringMap
        .default({})
        .describe(
            "server parameters by name, such as {max_connections: 300} (not for SQL Server); others by keep:size",
        ),
    resources: resources.optional().describe("requests and limits of the server; default: by keep:size"),
    ...podFields,
    ...accountFields,
};

/** Settings of a database server in the cluster of any engine, with defaults. */
export type ServerSettings = z.infer<z.ZodObject<typeof serverFields>>;
