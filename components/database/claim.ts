import type { ServerConfig, SqliteConfig } from "./settings";
import { claimName } from "../kubernetes/volume";
import { type Release, volumeNames } from "../naming";

/** Name of the claim that holds a database in the cluster. */
export function databaseClaim(release: Release, { kind, volume }: ServerConfig | SqliteConfig): string {
    return claimName({ ...volumeNames(release, kind), ...volume });
}
