import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { certificates } from "../airGapped/settings";
import { host } from "../fields/host";
import { count, keyReference, stringMap } from "../fields/vocabulary";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import { scopeOf, secretName } from "../naming";
import { fingerprint } from "../secrets/fingerprint";
import type { Database, DatabaseArgs } from "./database";
import { engineNames, engines } from "./engines";
import { DATABASE_NAME, identifier, pool, USER } from "./fields";
import { databaseUrl, poolEnv } from "./url";

/** A database server that somebody else runs. */
export const externalSchema = z.strictObject({
    kind: z
        .literal("external")
        .describe("a server of your own, found by keep:databaseUrl (secret), by urlSecret, or by host and the rest"),
    engine: z.enum(engineNames).describe("what the server speaks; MariaDB is not MySQL for Keep"),
    urlSecret: keyReference.optional().describe("key of an existing Secret that holds the whole SQLAlchemy URL"),
    host: host(
        "Put the whole URL into keep:databaseUrl, such as postgresql+psycopg2://keep:…@/keep?host=a:5432&host=b:5432",
    )
        .optional()
        .describe("host name or address"),
    port: count(1, 65535).optional().describe("port of the server; default: the engine's usual one"),
    name: identifier("database name").default("keep").describe(DATABASE_NAME),
    user: z
        .string()
        .regex(/\S/, { error: "is empty. Name the user, or leave the key out" })
        .default("keep")
        .describe(USER),
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

type ExternalDatabaseConfig = z.infer<typeof externalSchema>;

/** Our Secret of the address: not that of a server of ours, so that a stack can change from one to the other. */
const ADDRESS = "database-url";

/** A database server that somebody else runs: an address, and a Secret for it where the stack file has the credentials. */
export class ExternalDatabase extends pulumi.ComponentResource implements Database {
    public readonly env: Env;
    public readonly fingerprint: pulumi.Output<string>;

    constructor(name: string, args: DatabaseArgs<ExternalDatabaseConfig>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:database:ExternalDatabase", name, {}, opts);
        const { config, secrets } = args;

        const url = secrets.databaseUrl ?? addressWithPassword(config, secrets.databasePassword);
        if (url !== undefined) {
            this.makeSecret(name, args, url);
        }
        this.env = { ...addressEnv(args), ...poolEnv(config.pool) };
        this.fingerprint = fingerprint(args.fingerprintKey, url === undefined ? {} : { url });
        this.registerOutputs({});
    }

    private makeSecret(name: string, { release }: DatabaseArgs, url: pulumi.Output<string>): void {
        const { namespace, labels } = scopeOf(release, "database");
        const metadata = { name: secretName(release, ADDRESS), namespace, labels };
        new k8s.core.v1.Secret(name, { metadata, stringData: { url }, type: "Opaque" }, { parent: this });
    }
}

/** The URL, when the stack file holds the password; undefined when an existing Secret does. */
function addressWithPassword(
    config: ExternalDatabaseConfig,
    password: pulumi.Output<string> | undefined,
): pulumi.Output<string> | undefined {
    const { host } = config;
    return host === undefined
        ? undefined
        : password?.apply((text) =>
              databaseUrl({ ...config, host, engine: engines[config.engine], password: encodeURIComponent(text) }),
          );
}

function addressEnv({ release, config }: DatabaseArgs<ExternalDatabaseConfig>): Env {
    const { host, urlSecret, passwordSecret } = config;
    if (urlSecret !== undefined) {
        return { DATABASE_CONNECTION_STRING: { secret: urlSecret } };
    }
    if (host !== undefined && passwordSecret !== undefined) {
        return {
            DATABASE_PASSWORD: { secret: passwordSecret },
            DATABASE_CONNECTION_STRING: databaseUrl({
                ...config,
                host,
                engine: engines[config.engine],
                password: "$(DATABASE_PASSWORD)",
            }),
        };
    }
    const own: SecretKeyRef = { secret: { name: secretName(release, ADDRESS), key: "url" } };
    return { DATABASE_CONNECTION_STRING: own };
}
