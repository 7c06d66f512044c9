import type { types } from "@pulumi/kubernetes";
import * as z from "zod";

import { certificates } from "../airGapped/settings";
import { podFields } from "../pods/settings";
import {
    count,
    keyReference,
    kubernetesObject,
    objectName,
    resources,
    stringMap,
    volumeSize,
} from "../fields/vocabulary";

const VOLUME_REFERENCE = "https://kubernetes.io/docs/concepts/storage/persistent-volumes/";

/** Disk of a database. */
export const volume = z.strictObject({
    size: volumeSize.prefault("10Gi").describe("requested size; may grow where the storage class allows it"),
    storageClass: z
        .string()
        .optional()
        .describe(
            "StorageClass of the claim; default: the cluster's own. Empty text: no class, for a volume made by hand",
        ),
    accessModes: z
        .array(z.enum(["ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"]))
        .min(1, { error: "is empty. Leave it out, or name an access mode" })
        .default(["ReadWriteOnce"])
        .describe("access modes of the claim"),
    annotations: stringMap.default({}).describe("annotations of the claim"),
    existingClaim: objectName(253).optional().describe("a claim that exists already, used instead of a new one"),
    retain: z
        .boolean()
        .default(false)
        .describe(
            "when the stack is destroyed, leave the claim in the cluster, and with it namespace, password and Keep's own Secrets",
        ),
    persistentVolume: kubernetesObject<Omit<types.input.core.v1.PersistentVolumeSpec, "capacity" | "claimRef">>(
        "makes a PersistentVolume for the claim: its source, such as csi, nfs or hostPath",
        VOLUME_REFERENCE,
    ).optional(),
});

/** Disk of a database, validated and with defaults. */
export type VolumeConfig = z.infer<typeof volume>;

const pool = z
    .strictObject({
        size: count(1).default(5).describe("connections that a process keeps; 10 from keep:size large"),
        maxOverflow: count(0).default(10).describe("further connections under load; 5 from keep:size large"),
        timeout: count(1).default(30).describe("seconds to wait for a free connection"),
        recycle: count(1)
            .default(1800)
            .describe("seconds after which a connection is renewed; keep it below the server's idle limit"),
    })
    .prefault({})
    .describe("connections that each process of Keep opens");

const identifier = (what: string) =>
    z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,62}$/, {
        error: `is not a plain ${what}. Use letters, digits and underscores, beginning with a letter`,
    });

const serverFields = {
    name: identifier("database name").default("keep").describe("database inside the server"),
    user: identifier("user name").default("keep").describe("user that Keep signs in as"),
    volume: volume.prefault({}).describe("disk of the server"),
    pool,
    settings: stringMap
        .default({})
        .describe(
            "server parameters by name, such as {max_connections: 300} (not for SQL Server); others by keep:size",
        ),
    resources: resources.optional().describe("requests and limits of the server; default: by keep:size"),
    ...podFields,
};

const sqlite = z.strictObject({
    kind: z.literal("sqlite").describe("a file in the backend's volume: one pod, for trials"),
    volume: volume.prefault({}).describe("disk that holds the file"),
});
const postgres = z.strictObject({
    kind: z.literal("postgres").describe("PostgreSQL in the cluster, one pod"),
    ...serverFields,
});
const mysql = z.strictObject({ kind: z.literal("mysql").describe("MySQL in the cluster, one pod"), ...serverFields });
const sqlserver = z.strictObject({
    kind: z.literal("sqlserver").describe("SQL Server in the cluster, one pod; needs a keep:backend.image of your own"),
    ...serverFields,
    user: z
        .literal("sa", { error: "is not sa, the only user that the image makes. Leave it out" })
        .default("sa")
        .describe("user that Keep signs in as"),
    acceptEula: z
        .literal(true, {
            error: "is not true. Read Microsoft's licence (https://go.microsoft.com/fwlink/?linkid=857698), then set it to true",
        })
        .describe("true says that you accept Microsoft's licence terms"),
});
const external = z.strictObject({
    kind: z
        .literal("external")
        .describe("a server of your own, found by keep:databaseUrl (secret), by urlSecret, or by host and the rest"),
    engine: z
        .enum(["postgres", "mysql", "sqlserver"])
        .describe("what the server speaks; MariaDB is not MySQL for Keep"),
    urlSecret: keyReference.optional().describe("key of an existing Secret that holds the whole SQLAlchemy URL"),
    host: z
        .string()
        .regex(/^[A-Za-z0-9._:[\]-]+$/, { error: "is not a host name. Give the name or address alone" })
        .optional()
        .describe("host name or address"),
    port: count(1, 65535).optional().describe("port of the server; default: the engine's usual one"),
    name: identifier("database name").default("keep").describe("database inside the server"),
    user: z
        .string()
        .regex(/\S/, { error: "is empty. Name the user, or leave the key out" })
        .default("keep")
        .describe("user that Keep signs in as"),
    passwordSecret: keyReference
        .optional()
        .describe(
            "key of an existing Secret that holds the password, which must be URL-safe; the other way is keep:databasePassword",
        ),
    tls: z
        .strictObject({
            mode: z
                .enum(["require", "verify-ca", "verify-full"])
                .default("verify-full")
                .describe("encrypt only, verify the certificate too, or its host name as well"),
            ca: certificates
                .optional()
                .describe("authority of the server's certificate; default: keep:extraCa and the usual ones"),
        })
        .optional()
        .describe("speak TLS; without it the driver decides"),
    parameters: stringMap.default({}).describe("more parameters of the URL, by name"),
    maxConnections: count(1)
        .optional()
        .describe("connections that the server has for Keep: what its processes may open is held against it"),
    pool,
});

/** Where Keep's data lives. */
export const database = z.discriminatedUnion("kind", [sqlite, postgres, mysql, sqlserver, external]);

/** Where Keep's data lives, validated and with defaults. */
export type DatabaseConfig = z.infer<typeof database>;

/** Whether Keep would have to speak to SQL Server, wherever that runs. */
export function isSqlServer(database: DatabaseConfig): boolean {
    return database.kind === "sqlserver" || (database.kind === "external" && database.engine === "sqlserver");
}

/** A database server that the release runs itself. */
export type ServerConfig = Extract<DatabaseConfig, { volume: VolumeConfig; pool: unknown }>;

/** A database server that somebody else runs. */
export type ExternalDatabaseConfig = z.infer<typeof external>;

/** The SQLite file. */
export type SqliteConfig = z.infer<typeof sqlite>;

/** How many connections each process of Keep opens. */
export type PoolConfig = z.infer<typeof pool>;
