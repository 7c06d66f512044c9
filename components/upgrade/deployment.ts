import { createHash } from "node:crypto";

import * as z from "zod";

import { clusterNameOf } from "../database/cloudNativePg";
import { databaseClaim } from "../database/database";
import { tagOf } from "../fields/images";
import { version as versionSchema } from "../fields/version";
import { CHANGEABLE, type VolumeConfig } from "../fields/volume";
import { computedText, valueAt } from "../tokens";
import { claimName, storageClassOf } from "../kubernetes/volume";
import { type Release, releaseOf, scopeOf, volumeNames } from "../naming";
import { namedAccounts } from "../pods/accounts";
import { deletesSecretsOnDestroy } from "../secretStore/removal";
import { storeName } from "../secretStore/settings";
import { CHANGED_DEFAULTS } from "../settings/renamed";
import { isRetained } from "../settings/retained";
import type { StackConfig } from "../settings/schema";
import { filesOf, imageFiles, serverFiles } from "./databaseFiles";

/** A claim with Keep's data. */
const claim = z.object({
    part: z.enum(["database", "backup", "redis"]),
    /** Namespace and name. */
    id: z.string(),
    /** Whether the stack creates it. */
    isOwn: z.boolean(),
    /** Whether its data is from a release of the Helm chart, which uses another directory. */
    isAdopted: z.boolean(),
    /** Requested size, as a Kubernetes quantity. */
    size: z.string(),
    accessModes: z.array(z.string()),
    storageClass: z.string().optional(),
    /** Hash of the source of the stack's PersistentVolume; empty without one, undefined in records of earlier versions. */
    source: z.string().optional(),
    /** Name of the database in a server; undefined in records of earlier versions. */
    database: z.string().optional(),
    /** User of Keep in a server; undefined in records of earlier versions. */
    user: z.string().optional(),
    /** What can read the files of the database or of Redis; undefined in records of earlier versions. */
    files: serverFiles.optional(),
});

const store = z.object({
    /** Kind and place, in the format of `storeName`. */
    name: z.string(),
    /**
     * Object of the stack whose deletion deletes the credentials: their namespace, or the removal in an existing
     * namespace.
     */
    deletedWith: z.enum(["namespace", "removal"]).optional(),
});

/** Namespace of the pods. Records of earlier versions have none. */
const namespace = z.object({
    name: z.string(),
    /** Whether the stack creates it. */
    isOwn: z.boolean(),
    isRetained: z.boolean(),
    /** Claims in it that others created and pods mount, in the format of `id`. */
    claims: z.array(z.string()),
});

/** A ServiceAccount of pods. */
const account = z.object({
    /** Setting of its name. */
    setting: z.string(),
    /** Namespace and name. */
    id: z.string(),
    /** Whether the stack creates it. */
    isOwn: z.boolean(),
});

/** Facts that the next deployment must not change. Each deployment records them in the outputs of the component. */
export const deployment = z.object({
    version: z.string(),
    /** Version of the API, also by the tag of its image; undefined in records of earlier versions. */
    api: z.string().optional(),
    namespace: namespace.optional(),
    /** Empty in records of earlier versions. */
    accounts: z.array(account).default([]),
    claims: z.array(claim),
    /** Engine of the database, if it is external; undefined in records of earlier versions. */
    external: z.string().optional(),
    secretStore: store,
    /** Kind of the ingress. Deployments without this record had the earlier default. */
    ingress: z.string().default(CHANGED_DEFAULTS[0].was),
});

/** Facts that the next deployment must not change. */
export type Deployment = z.infer<typeof deployment>;

/** A claim with Keep's data. */
export type Claim = z.infer<typeof claim>;

/** The facts of a configuration. */
export function deploymentOf(config: StackConfig): Deployment {
    const { backend, backup, database, images, redis, version } = config;
    const release = releaseOf(config);
    const ingress = config.ingress.kind;
    const external = database.kind === "external" ? database.engine : undefined;
    const namespace = {
        name: release.namespace,
        isOwn: config.namespace.create,
        isRetained: isRetained(config),
        claims: mountedClaims(config, release),
    };
    const accounts = namedAccounts(config, release).map(({ setting, name, isOwn }) => ({
        setting,
        id: `${release.namespace}/${name}`,
        isOwn,
    }));
    const api =
        backend.image === undefined ? computedText(images.backend, (image) => versionOf(image) ?? version) : version;
    if (!backend.enabled) {
        return { version, api, namespace, accounts, claims: [], external, secretStore: { name: "none" }, ingress };
    }
    return {
        version,
        api,
        namespace,
        accounts,
        ingress,
        external,
        claims: [
            ...databaseClaims(config, release),
            ...(backup.kind === "volume"
                ? [claimOf("backup", release, scopeOf(release, "backup").name, backup.volume)]
                : []),
            ...(redis.kind === "bundled" && redis.volume !== undefined
                ? [
                      {
                          ...claimOf("redis", release, volumeNames(release, "redis").name, redis.volume),
                          files: imageFiles("redis", images),
                      },
                  ]
                : []),
        ],
        secretStore: storeOf(config, release),
    };
}

/** The version in the tag of an image of Keep; undefined without one. Those of `keep:backend.image` may count another thing. */
function versionOf(image: string): string | undefined {
    return versionSchema.safeParse(tagOf(image)).data;
}

function mountedClaims(
    { backend, consumer, frontend, websocket, worker }: StackConfig,
    { namespace }: Release,
): string[] {
    return [backend, consumer, frontend, websocket, worker]
        .flatMap((tier) => ("volumes" in tier ? tier.volumes : []))
        .map((volume) => valueAt(volume, ["persistentVolumeClaim", "claimName"]))
        .filter((name) => typeof name === "string")
        .map((name) => `${namespace}/${name}`);
}

function databaseClaims({ adopt, database, images }: StackConfig, release: Release): Claim[] {
    if (!("volume" in database)) {
        return [];
    }
    const inServer = "name" in database ? { database: database.name, user: database.user } : {};
    if (database.kind === "cloudnativepg") {
        // The operator creates the claims of its Cluster, and deletes them with it. It accepts another class, for new servers
        // (cloudnative-pg, internal/webhook/v1/cluster_webhook.go, validateStorageChange).
        const volume = { size: database.volume.size, accessModes: ["ReadWriteOnce" as const] };
        return [{ ...claimOf("database", release, clusterNameOf(release), volume), ...inServer }];
    }
    const claim = claimOf("database", release, databaseClaim(release, database), database.volume);
    return [{ ...claim, ...inServer, files: filesOf(database, images), isAdopted: adopt !== undefined }];
}

type VolumeFacts = Pick<VolumeConfig, "accessModes" | "size"> &
    Partial<Pick<VolumeConfig, "existingClaim" | "persistentVolume" | "storageClass">>;

function claimOf(part: Claim["part"], { namespace }: Release, name: string, volume: VolumeFacts): Claim {
    return {
        part,
        id: `${namespace}/${claimName({ ...volume, name })}`,
        isOwn: volume.existingClaim === undefined,
        isAdopted: false,
        size: volume.size,
        accessModes: volume.accessModes,
        storageClass: storageClassOf(volume),
        source: volume.persistentVolume === undefined ? "" : computedText(volume.persistentVolume, hashOfSource),
    };
}

/** Hash of the fields of a PersistentVolume that Kubernetes does not change. Attributes of a volume may be confidential. */
function hashOfSource(spec: object): string {
    const fixed = Object.fromEntries(Object.entries(spec).filter(([field]) => !CHANGEABLE.includes(field)));
    return createHash("sha256").update(JSON.stringify(fixed, sortedKeys)).digest("hex").slice(0, 16);
}

/** A replacer of JSON.stringify for texts that do not depend on the order of keys. */
function sortedKeys(_key: string, value: unknown): unknown {
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
        : value;
}

function storeOf(config: StackConfig, release: Release): Deployment["secretStore"] {
    const { secretStore } = config;
    const hasOwnNamespace = secretStore.kind === "kubernetes" && secretStore.namespace === undefined;
    return {
        name: storeName(secretStore, release),
        deletedWith: deletesSecretsOnDestroy(config) ? "removal" : hasOwnNamespace ? "namespace" : undefined,
    };
}
