import { issue, type Issue } from "../fields/issue";
import { amountOf } from "../fields/quantity";
import { accountLoss } from "./accountLoss";
import type { Claim, Deployment } from "./deployment";
import { fileIssues } from "./databaseFiles";
import { canonicalStore } from "../secretStore/settings";
import type { AllowConfig } from "./settings";

/** Changes that would lose data of the last deployment, without those that `keep:allow` allows. */
export function destructiveChanges(before: Deployment, after: Deployment, allow: AllowConfig): Issue[] {
    return [
        ...downgrade(before, after, allow),
        ...namespaceLoss(before.namespace, after.namespace, allow),
        ...accountLoss(before.accounts, after.accounts),
        ...before.claims.flatMap((was) => {
            const now = after.claims.find(({ part }) => part === was.part);
            const isAllowed = allow.abandon.includes(was.id);
            return [
                ...(isAllowed
                    ? []
                    : [dataLoss, volumeReplacement, otherLogin, unreadableFiles].flatMap((of) => of(was, now))),
                ...volumeShrink(was, now),
            ];
        }),
        ...externalLoss(before.external, after.external, allow),
        ...retentionLoss(before, after, allow),
        ...credentialLoss(before.secretStore, after.secretStore, allow),
    ];
}

function downgrade(before: Deployment, after: Deployment, { downgradeFrom }: AllowConfig): Issue[] {
    const was = before.api ?? before.version;
    const now = before.api === undefined ? after.version : (after.api ?? after.version);
    return compareVersions(now, was) >= 0 || downgradeFrom === was
        ? []
        : [
              issue(
                  now === after.version ? "version" : "images.backend",
                  `is older than ${was}, which this stack has deployed or begun to deploy. Keep cannot roll back its migrations. Use ${was} or later; or restore the database as ${now} left it, then set keep:allow.downgradeFrom to ${was} (docs/upgrade.md)`,
                  { value: now },
              ),
          ];
}

/** Pulumi deletes a namespace that the program no longer creates, with everything in it. */
function namespaceLoss(was: Deployment["namespace"], now: Deployment["namespace"], { abandon }: AllowConfig): Issue[] {
    if (was?.isOwn !== true || was.isRetained || now === undefined) {
        return [];
    }
    if (now.name === was.name) {
        const message = `is no longer true: Pulumi would delete the namespace ${was.name} with everything in it. Undo the change; or retain the namespace: first deploy with keep:database.volume.retain or keep:backup.kind volume (docs/retained-data.md)`;
        return now.isOwn ? [] : [issue("namespace.create", message, { value: false })];
    }
    return was.claims
        .filter((id) => !abandon.includes(id))
        .map((id) =>
            issue(
                "namespace",
                `is not ${was.name}, which Pulumi would delete with the volume ${id}. Undo the change; or move the data, then add ${id} to keep:allow.abandon (docs/upgrade.md)`,
            ),
        );
}

/** Nothing is deleted, but Keep starts empty. Another address of the same engine is not compared, since data can move there. */
function externalLoss(was: string | undefined, now: string | undefined, { abandon }: AllowConfig): Issue[] {
    if (was === undefined || was === now || abandon.includes(`external/${was}`)) {
        return [];
    }
    const message = `disconnects Keep from its data in the external database (${was}), and starts empty. Undo the change of the kind or the engine; or, if Keep may start empty, add external/${was} to keep:allow.abandon (docs/upgrade.md)`;
    return [issue("database", message)];
}

/** The claim of the backups needs no check, because it is retained. */
function dataLoss(was: Claim, now: Claim | undefined): Issue[] {
    // A claim that the stack created is deleted even if another setting refers to it. On the same claim, the chart's
    // data and those of the stack are in different directories, and so are those of each kind.
    const isSameKind = was.files === undefined || was.files.kind === now?.files?.kind;
    const isKept = now?.id === was.id && isSameKind && (now.isOwn || !was.isOwn) && now.isAdopted === was.isAdopted;
    if (was.part === "backup" || isKept) {
        return [];
    }
    if (was.part === "redis") {
        const message = `disconnects Keep from the alerts queued in the volume ${was.id}${was.isOwn ? ", which is deleted" : ""}. Undo the change of the kind, the release, the namespace or the volume; or let the workers process the queue, then add ${was.id} to keep:allow.abandon (docs/upgrade.md)`;
        return [issue("redis", message)];
    }
    const deletes = was.isOwn ? ", which is deleted unless it is retained" : "";
    const empty = now === undefined || now.id === was.id ? "" : `, and starts with ${now.id}`;
    return [
        issue(
            "database",
            `disconnects Keep from its data in the volume ${was.id}${deletes}${empty}. To keep the data, undo the change of the kind, the release, the namespace, the volume or keep:adopt. To use another database, move the data, then add ${was.id} to keep:allow.abandon (docs/upgrade.md)`,
        ),
    ];
}

function volumeShrink(was: Claim, now: Claim | undefined): Issue[] {
    return !isSameVolume(was, now) || amountOf(now.size) >= amountOf(was.size)
        ? []
        : [
              issue(
                  `${was.part}.volume.size`,
                  `is smaller than the ${was.size} of ${was.id}, and Kubernetes cannot shrink a volume. Use ${was.size} or more`,
                  { value: now.size },
              ),
          ];
}

/** Immutable fields of a claim, for which Pulumi replaces it (pulumi-kubernetes, provider/pkg/provider/diff.go). */
function volumeReplacement(was: Claim, now: Claim | undefined): Issue[] {
    if (!isSameVolume(was, now)) {
        return [];
    }
    const fix = `Pulumi would delete the volume with its data and create an empty one. Undo the change; or move the data, then add ${was.id} to keep:allow.abandon (docs/upgrade.md)`;
    const replaces = (field: "accessModes" | "storageClass", value: string) =>
        issue(`${was.part}.volume.${field}`, `is not ${value === "" ? '""' : value}, as in ${was.id}: ${fix}`, {
            value: now[field],
        });
    if (was.source !== undefined && now.source !== was.source) {
        return [issue(`${was.part}.volume.persistentVolume`, `is not that of ${was.id}: ${fix}`)];
    }
    return [
        ...(now.accessModes.join() === was.accessModes.join()
            ? []
            : [replaces("accessModes", was.accessModes.join(", "))]),
        ...(now.storageClass === was.storageClass
            ? []
            : [replaces("storageClass", was.storageClass ?? "left to the cluster")]),
    ];
}

/**
 * A server creates its database and its user only with its files, so another name is unknown to it. SQL Server would create an empty
 * database.
 */
function otherLogin(was: Claim, now: Claim | undefined): Issue[] {
    const other = (part: "database" | "user", path: string, what: string) =>
        now?.id !== was.id || was[part] === undefined || now[part] === was[part]
            ? []
            : [
                  issue(
                      path,
                      `is not ${was[part]}, ${what} in ${was.id}. Undo the change; or rename the ${part} in the server, then add ${was.id} to keep:allow.abandon (docs/upgrade.md)`,
                      { value: now[part] },
                  ),
              ];
    return [
        ...other("database", "database.name", "which contains Keep's data"),
        ...other("user", "database.user", "which owns Keep's data"),
    ];
}

/** A server does not start with the files of some other versions, or with other settings than those of its files. */
function unreadableFiles(was: Claim, now: Claim | undefined): Issue[] {
    return now?.id !== was.id || was.files === undefined || was.files.kind !== now.files?.kind
        ? []
        : fileIssues(was.files, now.files, was.id);
}

/** A retained claim is deleted with its namespace. */
function retentionLoss({ namespace: was, claims }: Deployment, after: Deployment, { abandon }: AllowConfig): Issue[] {
    const { namespace: now } = after;
    const isStillOwn = was?.isOwn === true && now?.isOwn === true && now.name === was.name;
    if (!isStillOwn || !was.isRetained || now.isRetained) {
        return [];
    }
    return claims
        .filter(({ part, id }) => part === "backup" && !abandon.includes(id))
        .map(({ id }) =>
            issue(
                "backup.kind",
                `is no longer volume, so pulumi destroy would delete the namespace ${was.name} with the backups in ${id}. Set keep:database.volume.retain or keep:namespace.create false to retain the namespace; or copy the backups, then add ${id} to keep:allow.abandon (docs/upgrade.md)`,
            ),
        );
}

/** Whether the stack created a volume, and still manages it. */
function isSameVolume(was: Claim, now: Claim | undefined): now is Claim {
    return now?.id === was.id && now.isOwn && was.isOwn;
}

function credentialLoss(
    was: Deployment["secretStore"],
    now: Deployment["secretStore"],
    { secretStoreFrom }: AllowConfig,
): Issue[] {
    const fix = `credentials, then set keep:allow.secretStoreFrom to ${was.name} (docs/upgrade.md)`;
    if (secretStoreFrom === was.name) {
        return [];
    }
    if (canonicalStore(was.name) !== canonicalStore(now.name)) {
        const deletes = was.deletedWith === undefined ? "" : ", which are deleted unless they are retained";
        const message = `disconnects Keep from the credentials of its providers in ${was.name}${deletes}, and starts with ${now.name}. Undo the change of its kind, its settings, the release or the namespace; or copy the ${fix}`;
        return [issue("secretStore", message)];
    }
    const message = `deletes the credentials of providers in ${was.name} at once, unless they are retained, with the ${was.deletedWith} that this stack created for them. Undo the change of the namespace or of removal; or save the ${fix}`;
    return was.deletedWith === undefined || was.deletedWith === now.deletedWith ? [] : [issue("secretStore", message)];
}

/**
 * Issues of a kind of ingress that changes only because a later version has another default. The cluster may not have
 * the new controller.
 */
export function defaultedIngress({ ingress: was }: Deployment, { ingress: now }: Deployment): Issue[] {
    const message = `is not set. It was ${was} at the last deployment, and would now be ${now} by default, so another controller would have to answer at keep:publicUrl. Set it to ${was} to change nothing; or move to ${now} without an outage (docs/ingress.md)`;
    return was === now ? [] : [issue("ingress.kind", message)];
}

/** Compares two versions by their three numbers, without suffixes. */
function compareVersions(a: string, b: string): number {
    const numbers = (version: string) => /^[0-9.]*/.exec(version)?.[0] ?? "";
    return numbers(a).localeCompare(numbers(b), "en", { numeric: true });
}
