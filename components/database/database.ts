import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context";
import type { DatabaseConfig } from "./settings";
import type { ConfiguredSecrets } from "../settings/resolve";
import type { Env } from "../kubernetes/env";

/** What the rest of Keep needs to know of its database, whichever kind it is. */
export interface Database extends pulumi.Resource {
    /** How Keep's processes find and use it. */
    readonly env: Env;
    /** Changes when credentials change. */
    readonly fingerprint: pulumi.Output<string>;
    /** The disk that the backend itself must mount: the database is a file in it. */
    readonly file?: { readonly volume: types.input.core.v1.Volume; readonly mount: types.input.core.v1.VolumeMount };
    /** What must run before Keep's own setup, such as making an empty database. */
    readonly preparation?: readonly types.input.core.v1.Container[];
}

/** What every database is made from. */
export interface DatabaseArgs<C extends DatabaseConfig = DatabaseConfig> extends Context<C> {
    readonly secrets: ConfiguredSecrets;
    /** Whether the data is already there, laid out as Keep's Helm chart lays it out: then nothing is ever initialised. */
    readonly adopted: boolean;
}
