import { createHash } from "node:crypto";

import * as z from "zod";

import { clusterNameOf } from "../database/cloudNativePg";
import { databaseClaim } from "../database/database";
import type { VolumeConfig } from "../fields/volume";
import { computedText } from "../tokens";
import { claimName, storageClassOf } from "../kubernetes/volume";
import { type Release, releaseOf, scopeOf } from "../naming";
import { deletesSecretsOnDestroy } from "../secretStore/removal";
import { storeName } from "../secretStore/settings";
import { CHANGED_DEFAULTS } from "../settings/renamed";
import type { StackConfig } from "../settings/schema";

/** A claim with Keep's data. */
const claim = z.object({
    part: z.enum(["database", "backup"]),
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

/** Facts that the next deployment must not change. Each deployment records them in the outputs of the component. */
export const deployment = z.object({
    version: z.string(),
    claims: z.array(claim),
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
    const { backend, backup, version } = config;
    const release = releaseOf(config);
    const ingress = config.ingress.kind;
    if (!backend.enabled) {
        return { version, claims: [], secretStore: { name: "none" }, ingress };
    }
    return {
        version,
        ingress,
        claims: [
            ...databaseClaims(config, release),
            ...(backup.kind === "volume"
                ? [claimOf("backup", release, scopeOf(release, "backup").name, backup.volume, false)]
                : []),
        ],
        secretStore: storeOf(config, release),
    };
}

function databaseClaims({ adopt, database }: StackConfig, release: Release): Claim[] {
    if (!("volume" in database)) {
        return [];
    }
    if (database.kind === "cloudnativepg") {
        // The operator creates the claims of its Cluster, and deletes them with it.
        const volume = { ...database.volume, accessModes: ["ReadWriteOnce" as const], annotations: {} };
        return [claimOf("database", release, clusterNameOf(release), volume, false)];
    }
    return [claimOf("database", release, databaseClaim(release, database), database.volume, adopt !== undefined)];
}

function claimOf(
    part: Claim["part"],
    { namespace }: Release,
    name: string,
    volume: Omit<VolumeConfig, "retain">,
    isAdopted: boolean,
): Claim {
    return {
        part,
        id: `${namespace}/${claimName({ ...volume, name })}`,
        isOwn: volume.existingClaim === undefined,
        isAdopted,
        size: volume.size,
        accessModes: volume.accessModes,
        storageClass: storageClassOf(volume),
        source: volume.persistentVolume === undefined ? "" : computedText(volume.persistentVolume, hashOfSource),
    };
}

/** Fields of a PersistentVolume that can change while it is bound, or that other fields of a claim decide. */
const CHANGEABLE: readonly string[] = [
    "accessModes",
    "mountOptions",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "volumeAttributesClassName",
];

/** Hash of the fields of a PersistentVolume that Kubernetes does not change. Attributes of a volume may be confidential. */
function hashOfSource(spec: object): string {
    const fixed = Object.entries(spec)
        .filter(([field]) => !CHANGEABLE.includes(field))
        .sort(([one], [other]) => one.localeCompare(other));
    return createHash("sha256").update(JSON.stringify(fixed)).digest("hex").slice(0, 16);
}

function storeOf(config: StackConfig, release: Release): Deployment["secretStore"] {
    const { secretStore } = config;
    const hasOwnNamespace = secretStore.kind === "kubernetes" && secretStore.namespace === undefined;
    return {
        name: storeName(secretStore, release),
        deletedWith: deletesSecretsOnDestroy(config) ? "removal" : hasOwnNamespace ? "namespace" : undefined,
    };
}
