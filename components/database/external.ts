import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { choice } from "../fields/choice";
import { input } from "../fields/input";
import { computedText } from "../tokens";
import { certificates } from "../airGapped/settings";
import { host, hostInUrl } from "../fields/host";
import { whenKnown } from "../fields/readable";
import { count, keyReference, stringMap } from "../fields/vocabulary";
import { type Env, mergeEnv, type SecretKeyRef } from "../kubernetes/env";
import { scopeOf, secretName } from "../naming";
import { fingerprint } from "../secrets/fingerprint";
import type { Database, DatabaseArgs } from "./database";
import { engineNames, engines } from "./engines";
import { DATABASE_NAME, pool, USER } from "./fields";
import { databaseUrl, poolEnv } from "./url";

/** Schema of an external database server. */
export const externalSchema = z.strictObject({
    kind: z
        .literal("external")
        .describe("an external server; set one of keep:databaseUrl, urlSecret, host and hostSecret"),
    engine: z.enum(engineNames).describe("protocol of the server; MariaDB does not work as mysql"),
    // The Secrets of CloudNativePG hold the URL in several formats (docs/src/applications.md).
    urlSecret: keyReference
        .check(
            whenKnown(({ key }) => !/(^|[._-])jdbc([._-]|$)/i.test(key), {
                path: ["key"],
                error: "is the key of a URL for JDBC, which Keep cannot read. Use the key of the URL without jdbc:, such as uri",
            }),
        )
        .optional()
        .describe("key of an existing Secret that holds the whole SQLAlchemy URL"),
    host: input(
        host(
            "Set keep:databaseUrl to the complete URL, such as postgresql+psycopg2://keep:…@/keep?host=a:5432&host=b:5432",
        ),
    )
        .optional()
        .describe("host name or address"),
    port: input(count(1, 65535)).optional().describe("port of the server; default: the engine's usual one"),
    // It exists, so its name may be one that SQL needs quotes for. It is part of a URL.
    name: input(
        z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,127}$/, {
            error: "is not the name of a database. Use letters, digits, underscores and dashes, or set keep:databaseUrl",
        }),
    )
        .prefault("keep")
        .describe(DATABASE_NAME),
    user: input(z.string().regex(/\S/, { error: "is empty. Set it to a user, or remove it" }))
        .prefault("keep")
        .describe(USER),
    passwordSecret: keyReference
        .optional()
        .describe(
            "key of an existing Secret that holds the password, which must be URL-safe; else set keep:databasePassword",
        ),
    hostSecret: keyReference.optional().describe("key of an existing Secret that holds the host, in place of host"),
    portSecret: keyReference.optional().describe("key of an existing Secret that holds the port, in place of port"),
    nameSecret: keyReference
        .optional()
        .describe("key of an existing Secret that holds the name of the database, in place of name"),
    userSecret: keyReference
        .optional()
        .describe("key of an existing Secret that holds the user, which must be URL-safe, in place of user"),
    tls: z
        .strictObject({
            mode: choice({
                require: "encrypt only",
                "verify-ca": "also verify the certificate",
                "verify-full": "also verify the host name",
            })
                .default("verify-full")
                .describe("what the driver verifies"),
            ca: certificates
                .optional()
                .describe("authority of the server's certificate; default: keep:extraCa and the usual ones"),
        })
        .optional()
        .describe("use TLS; without it, the driver decides"),
    parameters: stringMap.default({}).describe("additional parameters of the URL, by name"),
    maxConnections: count(1)
        .optional()
        .describe("connections that the server allows; the program rejects a configuration that can open more"),
    pool,
});

type ExternalDatabaseConfig = z.infer<typeof externalSchema>;

/**
 * Name of the Secret with the address. It differs from that of a server in the cluster, so that a stack can change the
 * kind.
 */
const ADDRESS = "database-url";

/** An external database server: its environment, and a Secret if the stack file contains the credentials. */
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

    private makeSecret(
        name: string,
        { release }: DatabaseArgs<ExternalDatabaseConfig>,
        url: pulumi.Output<string>,
    ): void {
        const { namespace, labels } = scopeOf(release, "database");
        const metadata = { name: secretName(release, ADDRESS), namespace, labels };
        new k8s.core.v1.Secret(name, { metadata, stringData: { url }, type: "Opaque" }, { parent: this });
    }
}

/** The URL if the stack file contains the password; undefined if an existing Secret contains it. */
function addressWithPassword(
    { engine, host, user, ...address }: ExternalDatabaseConfig,
    password: pulumi.Output<string> | undefined,
): pulumi.Output<string> | undefined {
    return host === undefined
        ? undefined
        : password?.apply((text) =>
              databaseUrl({
                  ...address,
                  host: hostInUrl(host),
                  user: computedText(user, encodeURIComponent),
                  engine: engines[engine],
                  password: encodeURIComponent(text),
              }),
          );
}

function addressEnv({ release, config }: DatabaseArgs<ExternalDatabaseConfig>): Env {
    const { urlSecret } = config;
    if (urlSecret !== undefined) {
        return { DATABASE_CONNECTION_STRING: { secret: urlSecret } };
    }
    if (config.passwordSecret !== undefined) {
        return addressFromSecrets(config);
    }
    const own: SecretKeyRef = { secret: { name: secretName(release, ADDRESS), key: "url" } };
    return { DATABASE_CONNECTION_STRING: own };
}

/** A URL with variables that Kubernetes expands, for the parts in existing Secrets. */
function addressFromSecrets(config: ExternalDatabaseConfig): Env {
    const { engine, host = "", name, parameters, port = engines[engine].port, user } = config;
    const part = (variable: string, reference: SecretKeyRef["secret"] | undefined, plain: string) =>
        reference === undefined
            ? { env: {}, text: plain }
            : { env: { [variable]: { secret: reference } }, text: `$(${variable})` };
    const parts = {
        host: part("DATABASE_HOST", config.hostSecret, hostInUrl(host)),
        name: part("DATABASE_NAME", config.nameSecret, name),
        password: part("DATABASE_PASSWORD", config.passwordSecret, ""),
        port: part("DATABASE_PORT", config.portSecret, String(port)),
        user: part("DATABASE_USER", config.userSecret, computedText(user, encodeURIComponent)),
    };
    return {
        ...mergeEnv(Object.values(parts).map(({ env }): Env => env)),
        DATABASE_CONNECTION_STRING: databaseUrl({
            engine: engines[engine],
            parameters,
            host: parts.host.text,
            name: parts.name.text,
            password: parts.password.text,
            port: parts.port.text,
            user: parts.user.text,
        }),
    };
}
