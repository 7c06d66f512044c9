import { type AdoptConfig, adoptedClaim } from "../adoption/settings";
import type { BackupConfig } from "./settings";
import { issue } from "../fields/issue";
import { pairs } from "../fields/pairs";
import type { Rule } from "../fields/rule";
import type { VolumeConfig } from "../fields/volume";
import { claimName } from "../kubernetes/volume";
import { releaseOf, type ReleaseSettings, scopeOf, volumeNames } from "../naming";
import type { RedisConfig } from "../redis/settings";
import { databaseClaim } from "../database/database";
import { type DatabaseConfig, isServer } from "../database/settings";
import { storageOf } from "./storage";

interface Settings extends ReleaseSettings {
    readonly adopt?: AdoptConfig | undefined;
    readonly backup: BackupConfig;
    readonly database: DatabaseConfig;
    readonly redis: RedisConfig;
}

/** A claim of the stack, and the setting of its volume. */
export interface Use {
    readonly path: string;
    readonly claim: string;
    readonly isNamed: boolean;
    /** Where the volume is that the stack creates for it. */
    readonly storage: string | undefined;
}

/**
 * Conditions on claims: no two components share a claim or storage, so that a backup survives the loss of the
 * database's volume.
 */
export const claimRules: readonly Rule<Settings>[] = [
    (settings) =>
        pairs(usesOf(settings)).map(([use, other]) => {
            const [named, taken] = use.isNamed ? [use, other] : [other, use];
            return (
                use.claim === other.claim &&
                issue(`${named.path}.existingClaim`, `is also the claim of keep:${taken.path}. Use another claim`, {
                    value: use.claim,
                })
            );
        }),
    (settings) =>
        pairs(usesOf(settings)).map(
            ([use, other]) =>
                use.storage !== undefined &&
                use.storage === other.storage &&
                issue(
                    `${use.path}.persistentVolume`,
                    `leads to the same disk or directory as keep:${other.path}.persistentVolume. Name another`,
                ),
        ),
];

type VolumeSettings = Pick<VolumeConfig, "existingClaim"> & Partial<Pick<VolumeConfig, "persistentVolume">>;

/** The claims of database, backups and queue. */
export function usesOf(settings: Settings): Use[] {
    const { adopt, backup, database, redis } = settings;
    const release = releaseOf(settings);
    const use = (path: string, { existingClaim, persistentVolume }: VolumeSettings, claim: string): Use => ({
        path,
        claim,
        isNamed: existingClaim !== undefined,
        storage:
            existingClaim === undefined && persistentVolume !== undefined ? storageOf(persistentVolume) : undefined,
    });
    return [
        ...(isServer(database) && adopt !== undefined
            ? [use("database.volume", database.volume, adoptedClaim(adopt, database))]
            : isServer(database) || database.kind === "sqlite"
              ? [use("database.volume", database.volume, databaseClaim(release, database))]
              : []),
        ...(backup.kind === "volume"
            ? [
                  use(
                      "backup.volume",
                      backup.volume,
                      claimName({ ...backup.volume, name: scopeOf(release, "backup").name }),
                  ),
              ]
            : []),
        ...(redis.kind === "bundled" && redis.volume !== undefined
            ? [use("redis.volume", redis.volume, claimName({ ...volumeNames(release, "redis"), ...redis.volume }))]
            : []),
    ];
}
