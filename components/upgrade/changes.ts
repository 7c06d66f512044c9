import type { VolumeConfig } from "../database/settings";
import { amountOf } from "../fields/quantity";
import { releaseOf } from "../settings/release";
import type { StackConfig } from "../settings/schema";
import { databaseClaim } from "../database/claim";
import { claimName, storageClassOf } from "../kubernetes/volume";
import { scopeOf } from "../naming";
import { storeEnv, storeName } from "../secretStore/environment";
import { asksForRemoval } from "../secretStore/removal";
import { compareVersions, type Deployed, type DeployedClaim, type DeployedStore, type FixedFields } from "./deployed";
import { issue, type Issue } from "../fields/issue";

/** A claim that the stack is to have from now on. */
interface WantedClaim {
    readonly namespace: string;
    readonly name: string;
    readonly size: string;
    /** Whether the stack makes it; false for one that somebody else has made. */
    readonly isOwn: boolean;
    readonly fixed: FixedFields;
}

/** What a deployment would undo of the one before, each as a problem; nothing when there was none. */
export function changeProblems(deployed: Deployed, config: StackConfig): Issue[] {
    const wanted = wantedClaims(config);
    return [
        ...downgrade(deployed, config),
        ...deployed.claims
            .filter(({ part }) => part === "database")
            .flatMap((claim) => parting(claim, wanted.database, config)),
        ...deployed.claims.flatMap((claim) => shrinking(claim, wanted[claim.part])),
        ...deployed.claims.flatMap((claim) => replacing(claim, wanted[claim.part], config)),
        ...forgetting(deployed, config),
    ];
}

function downgrade({ version }: Deployed, config: StackConfig): Issue[] {
    return version === undefined ||
        compareVersions(config.version, version) >= 0 ||
        config.allow.downgradeFrom === version
        ? []
        : [
              issue(
                  "version",
                  `is older than ${version}, whose setup step this stack has begun: Keep's migrations know no way back. Take ${version} or newer; or make sure that the database is as ${config.version} left it, and set keep:allow.downgradeFrom to ${version} (docs/upgrade.md)`,
                  { value: config.version },
              ),
          ];
}

function parting(claim: DeployedClaim, wanted: WantedClaim | undefined, { adopt, allow }: StackConfig): Issue[] {
    const id = idOf(claim);
    const isMadeHere = claim.size !== undefined;
    // On one and the same claim the chart's data and ours have directories of their own.
    const isRead = (claim.isAdopted === true) === (adopt !== undefined);
    const stays = wanted !== undefined && idOf(wanted) === id && (wanted.isOwn || !isMadeHere) && isRead;
    if (stays || allow.abandon.includes(id)) {
        return [];
    }
    const fate = isMadeHere ? ", which would be deleted unless it is retained" : "";
    const start = wanted === undefined || idOf(wanted) === id ? "" : `, and begin with ${idOf(wanted)}`;
    return [
        issue(
            "database",
            `would part Keep from its data in the volume ${id}${fate}${start}. Set kind, release, namespace, volume and keep:adopt as they were; or move the data, and add ${id} to keep:allow.abandon (docs/upgrade.md)`,
        ),
    ];
}

function shrinking(claim: DeployedClaim, wanted: WantedClaim | undefined): Issue[] {
    return claim.size === undefined ||
        wanted?.isOwn !== true ||
        idOf(wanted) !== idOf(claim) ||
        amountOf(wanted.size) >= amountOf(claim.size)
        ? []
        : [
              issue(
                  `${claim.part}.volume.size`,
                  `is smaller than the ${claim.size} that ${idOf(claim)} has, and Kubernetes cannot shrink a volume. Take ${claim.size} or more`,
                  { value: wanted.size },
              ),
          ];
}

function replacing(claim: DeployedClaim, wanted: WantedClaim | undefined, { allow }: StackConfig): Issue[] {
    const { fixed } = claim;
    const id = idOf(claim);
    if (fixed === undefined || wanted?.isOwn !== true || idOf(wanted) !== id || allow.abandon.includes(id)) {
        return [];
    }
    const problem = (field: string, was: string, now: unknown) =>
        issue(
            `${claim.part}.volume.${field}`,
            `is not ${was}, as ${id} has it, and would have the volume deleted, data included, for a new one. Set it as it was; or move the data, and add ${id} to keep:allow.abandon (docs/upgrade.md)`,
            { value: now },
        );
    const { accessModes, storageClass } = wanted.fixed;
    return [
        ...(accessModes.join() === fixed.accessModes.join()
            ? []
            : [problem("accessModes", fixed.accessModes.join(", "), accessModes)]),
        ...(storageClass === fixed.storageClass
            ? []
            : [problem("storageClass", fixed.storageClass ?? "left to the cluster", storageClass)]),
    ];
}

function forgetting({ secretStore: was }: Deployed, config: StackConfig): Issue[] {
    const { secretStore, allow } = config;
    if (was === undefined || allow.secretStoreFrom === was.name) {
        return [];
    }
    const path = "secretStore";
    const now = storeName(storeEnv(secretStore, releaseOf(config)));
    if (was.name !== now) {
        const fate = was.goesWith === undefined ? "" : ", which would be deleted unless they are retained";
        const message = `would part Keep from the credentials of its providers in ${was.name}${fate}, and begin with ${now}. Set kind, place, release and namespace as they were; or take the credentials along, and set keep:allow.secretStoreFrom to ${was.name} (docs/upgrade.md)`;
        return [issue(path, message)];
    }
    const message = `would have the credentials of providers in ${was.name} deleted now, unless they are retained, with the ${was.goesWith} that the stack has made for them. Set namespace and removal as they were; or save the credentials, and set keep:allow.secretStoreFrom to ${was.name} (docs/upgrade.md)`;
    return was.goesWith === undefined || was.goesWith === ownStore(config) ? [] : [issue(path, message)];
}

/** What the stack makes for credentials, by which they go at destroy. */
function ownStore(config: StackConfig): DeployedStore["goesWith"] {
    if (asksForRemoval(config)) {
        return "removal";
    }
    const { secretStore } = config;
    return secretStore.kind === "kubernetes" && secretStore.namespace === undefined ? "namespace" : undefined;
}

function wantedClaims(config: StackConfig): {
    readonly database: WantedClaim | undefined;
    readonly backup: WantedClaim | undefined;
} {
    const { backup, database } = config;
    const release = releaseOf(config);
    const wanted = (name: string, volume: Omit<VolumeConfig, "retain">) => ({
        namespace: release.namespace,
        name: claimName({ ...volume, name }),
        size: volume.size,
        isOwn: volume.existingClaim === undefined,
        fixed: { accessModes: volume.accessModes, storageClass: storageClassOf(volume) },
    });
    return {
        database: "volume" in database ? wanted(databaseClaim(release, database), database.volume) : undefined,
        backup: backup.kind === "volume" ? wanted(scopeOf(release, "backup").name, backup.volume) : undefined,
    };
}

function idOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
    return `${namespace}/${name}`;
}
