import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context";
import type { Env } from "../kubernetes/env";
import { claimName } from "../kubernetes/volume";
import { type Release, volumeNames } from "../naming";
import type { ConfiguredSecrets } from "../secrets/settings";

/** What the rest of Keep uses of its database, whichever kind it is. */
export interface Database extends pulumi.Resource {
    /** How Keep's processes find and use it. */
    readonly env: Env;
    /** Changes when credentials change. */
    readonly fingerprint: pulumi.Output<string>;
    /** Set for SQLite: the volume that the backend itself must mount. */
    readonly file?: MountedVolume;
    /** Containers that run before Keep's own setup, such as one that creates an empty database. */
    readonly initContainers?: readonly types.input.core.v1.Container[];
}

/** A volume of a pod, and its mount. */
export interface MountedVolume {
    readonly volume: types.input.core.v1.Volume;
    readonly mount: types.input.core.v1.VolumeMount;
}

/** Arguments of every database. */
export interface DatabaseArgs<C> extends Context<C> {
    readonly secrets: ConfiguredSecrets;
    /** Whether the volume holds data laid out as Keep's Helm chart does: then the server must never initialise an empty database. */
    readonly adopted: boolean;
}

/** Name of the claim that holds a database in the cluster. */
export function databaseClaim(
    release: Release,
    { kind, volume }: { readonly kind: string; readonly volume: { readonly existingClaim?: string } },
): string {
    return claimName({ ...volumeNames(release, kind), ...volume });
}
