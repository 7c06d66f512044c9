import type { DatabaseConfig } from "../config/database";
import { type Release, volumeNames } from "../naming";

/** Name of the claim that holds a database in the cluster; undefined for one elsewhere. */
export function databaseClaim(release: Release, database: DatabaseConfig): string | undefined {
    return "volume" in database
        ? (database.volume.existingClaim ?? volumeNames(release, database.kind).name)
        : undefined;
}
