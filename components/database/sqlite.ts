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

/** A file on a volume that the backend mounts: the smallest Keep, with one writer. */
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
            // Several gunicorn threads share a connection, as in docker-compose.common.yml of Keep.
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
