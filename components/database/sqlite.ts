import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { SqliteConfig } from "./settings";
import type { Env } from "../kubernetes/env";
import { Volume } from "../kubernetes/volume";
import { scopeOf, volumeNames } from "../naming";
import { fingerprint } from "../secrets/fingerprint";
import type { Database, DatabaseArgs } from "./database";

const DIRECTORY = "/state";

/** A file in a disk that the backend mounts: the smallest Keep, with one writer. */
export class SqliteDatabase extends pulumi.ComponentResource implements Database {
    public readonly env: Env;
    public readonly fingerprint: pulumi.Output<string>;
    public readonly file: {
        readonly volume: types.input.core.v1.Volume;
        readonly mount: types.input.core.v1.VolumeMount;
    };

    constructor(name: string, args: DatabaseArgs<SqliteConfig>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:database:SqliteDatabase", name, {}, opts);
        const { release, config } = args;
        const scope = scopeOf(release, "database");

        const volume = new Volume(
            name,
            { scope, ...volumeNames(release, config.kind), ...config.volume },
            { parent: this },
        );

        this.env = {
            // Several gunicorn threads share a connection (docker-compose.common.yml of Keep says the same).
            DATABASE_CONNECTION_STRING: `sqlite:///${DIRECTORY}/keep.db?check_same_thread=False`,
        };
        this.fingerprint = fingerprint(args.fingerprintKey, {});
        this.file = {
            volume: { name: "state", persistentVolumeClaim: { claimName: volume.claimName } },
            mount: { name: "state", mountPath: DIRECTORY },
        };
        this.registerOutputs({});
    }
}
