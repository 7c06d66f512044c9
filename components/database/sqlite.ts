import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { volume } from "../fields/volume";
import type { Env } from "../kubernetes/env";
import { Volume } from "../kubernetes/volume";
import { scopeOf, volumeNames } from "../naming";
import { fingerprint } from "../secrets/fingerprint";
import type { Database, DatabaseArgs, MountedVolume } from "./database";

/** SQLite. */
export const sqliteSchema = z.strictObject({
    kind: z.literal("sqlite").describe("a file in the backend's volume: one pod, for evaluation"),
    volume: volume.prefault({}).describe("volume for the file"),
});

const DIRECTORY = "/state";

/** SQLite on a volume of the backend, which supports one pod. */
export class SqliteDatabase extends pulumi.ComponentResource implements Database {
    public readonly env: Env;
    public readonly fingerprint: pulumi.Output<string>;
    public readonly file: MountedVolume;

    constructor(
        name: string,
        args: DatabaseArgs<z.infer<typeof sqliteSchema>>,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("keep:database:SqliteDatabase", name, {}, opts);
        const { release, config } = args;
        const scope = scopeOf(release, "database");

        const volume = new Volume(
            name,
            { scope, ...volumeNames(release, config.kind), ...config.volume },
            { parent: this },
        );

        this.env = {
            // Several threads of gunicorn share a connection, as in Keep's docker-compose.common.yml.
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
