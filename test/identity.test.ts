import assert from "node:assert/strict";

import { deployKeep, type Written } from "./support/config";

/** A stack with everything in it that cannot be made again: what was generated, and what holds data. */
const lasting: Written = {
    database: {
        kind: "postgres",
        volume: { persistentVolume: { csi: { driver: "csi.example.com", volumeHandle: "v" } } },
    },
    redis: { kind: "bundled", volume: { size: "4Gi" } },
    backup: { kind: "volume" },
    monitoring: { enabled: true },
};

const GENERATED = /^random:/;
const DATA = /^kubernetes:core\/v1:(Namespace|PersistentVolume|PersistentVolumeClaim)$/;

/** Identity in the state, without the names of stack and project. */
async function identities(type: RegExp, written: Written): Promise<string[]> {
    const { resources } = await deployKeep(written);
    return resources
        .filter((resource) => type.test(resource.type))
        .map(({ urn }) => urn.replace(/^urn:pulumi:[^:]+::[^:]+::/, ""))
        .sort();
}

/** Pulumi replaces what has another type, name or parent than before, unless it is told of the old ones by `aliases`. */
describe("an upgrade of this program finds again, under the same identity,", () => {
    it("every password that it has generated, since running servers have them", async () => {
        const secrets = "keep:index:Keep$keep:index:Secrets$random:index";
        assert.deepEqual(await identities(GENERATED, lasting), [
            "keep:index:Keep$keep:database:DatabaseServer$random:index/randomPassword:RandomPassword::keep-database",
            "keep:index:Keep$keep:index:Redis$random:index/randomPassword:RandomPassword::keep-redis",
            `${secrets}/randomInteger:RandomInteger::keep-secrets-pusher-id`,
            `${secrets}/randomPassword:RandomPassword::keep-secrets-first-user`,
            `${secrets}/randomPassword:RandomPassword::keep-secrets-jwt`,
            `${secrets}/randomPassword:RandomPassword::keep-secrets-metrics`,
            `${secrets}/randomPassword:RandomPassword::keep-secrets-nextauth`,
            `${secrets}/randomPassword:RandomPassword::keep-secrets-pusher`,
            `${secrets}/randomString:RandomString::keep-secrets-pusher-key`,
        ]);
    });

    it("every namespace and disk, since they would be deleted", async () => {
        const database = "keep:index:Keep$keep:database:DatabaseServer$keep:kubernetes:Volume$kubernetes:core/v1";
        assert.deepEqual(await identities(DATA, lasting), [
            `${database}:PersistentVolume::keep-database`,
            `${database}:PersistentVolumeClaim::keep-database`,
            "keep:index:Keep$keep:index:Access$kubernetes:core/v1:Namespace::keep-access-secrets",
            "keep:index:Keep$keep:index:Redis$keep:kubernetes:Volume$kubernetes:core/v1:PersistentVolumeClaim::keep-redis",
            "keep:index:Keep$keep:operations:Backup$keep:kubernetes:Volume$kubernetes:core/v1:PersistentVolumeClaim::keep-backup",
            "keep:index:Keep$kubernetes:core/v1:Namespace::keep",
        ]);
    });

    it("the disk of every other kind of database", async () => {
        const disks = async (kind: string, more: object = {}) =>
            identities(/:PersistentVolumeClaim$/, {
                database: { kind, ...more },
                ...(kind === "sqlserver" ? { backend: { image: "registry.example.com/keep-api:mssql" } } : {}),
            });
        const claim = "keep:kubernetes:Volume$kubernetes:core/v1:PersistentVolumeClaim::keep-database";
        assert.deepEqual(await disks("sqlite"), [`keep:index:Keep$keep:database:SqliteDatabase$${claim}`]);
        for (const found of [await disks("mysql"), await disks("sqlserver", { acceptEula: true })]) {
            assert.deepEqual(found, [`keep:index:Keep$keep:database:DatabaseServer$${claim}`]);
        }
    });
});
