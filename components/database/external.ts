import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ExternalDatabaseConfig } from "./settings";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import { scopeOf, secretName } from "../naming";
import { fingerprint } from "../secrets/fingerprint";
import type { Database, DatabaseArgs } from "./database";
import { databaseUrl, poolEnv } from "./url";

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
              databaseUrl({ ...config, host, dialect: config.engine, password: encodeURIComponent(text) }),
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
                dialect: config.engine,
                password: "$(DATABASE_PASSWORD)",
            }),
        };
    }
    const own: SecretKeyRef = { secret: { name: secretName(release, ADDRESS), key: "url" } };
    return { DATABASE_CONNECTION_STRING: own };
}
