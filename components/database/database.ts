import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context";
import type { Env } from "../kubernetes/env";
import { claimName } from "../kubernetes/volume";
import { type Release, volumeNames } from "../naming";
import type { ConfiguredSecrets } from "../secrets/settings";
import type { BucketConnection } from "./cloudNativePgBackup";

/** A database of any kind. */
export interface Database extends pulumi.Resource {
    /** Environment of Keep's processes. */
    readonly env: Env;
    /** Hash of the credentials. */
    readonly fingerprint: pulumi.Output<string>;
    /** Volume that the backend must mount, with SQLite. */
    readonly file?: MountedVolume;
    /** Containers that run before Keep's setup, such as one that creates an empty database. */
    readonly initContainers?: readonly types.input.core.v1.Container[];
}

/** A volume of a pod, and its mount. */
export interface MountedVolume {
    readonly volume: types.input.core.v1.Volume;
    readonly mount: types.input.core.v1.VolumeMount;
}

/** Arguments of all databases. */
export interface DatabaseArgs<C> extends Context<C> {
    readonly secrets: ConfiguredSecrets;
    /** Whether the volume contains data of Keep's Helm chart. The server must then not initialize an empty database. */
    readonly adopted: boolean;
    /** How the pods of an operator connect to the bucket of its backups. */
    readonly bucket: BucketConnection;
}

/** Name of the claim of a database in the cluster. */
export function databaseClaim(
    release: Release,
    { kind, volume }: { readonly kind: string; readonly volume: { readonly existingClaim?: string } },
): string {
    return claimName({ ...volumeNames(release, kind), ...volume });
}
