import { type DatabaseConfig, engineOf } from "../database/settings";
import { issue } from "../fields/issue";
import { type ImagesConfig, isDockersPostgres, postgresMajor } from "../fields/images";
import { amountOf } from "../fields/quantity";
import type { Rule } from "../fields/rule";
import { isLater } from "../tokens";
import { type BackupConfig, dumpServer, makesDumps } from "./settings";
import { sourceOf } from "./storage";

/**
 * Images without Barman Cloud, which the operator's own backups need (docs/src/appendixes/backup_barmanobjectstore.md of
 * CloudNativePG), besides Docker's: the operator's minimal and standard images (README.md of cloudnative-pg/postgres-containers),
 * and those of extensions that are FROM Docker's (pgvector/pgvector#228, Dockerfile.template of postgis/docker-postgis).
 */
const WITHOUT_BARMAN =
    /:\d[\w.-]*-(minimal|standard)(-[a-z]+)?(@|$)|(^|\/)(pgvector\/pgvector|postgis\/postgis|timescale\/timescaledb)[:@]/;

/** Conditions on backups: the kind supports the database, has credentials, and can mount its volume. */
export const backupRules: readonly Rule<{
    readonly backup: BackupConfig;
    readonly database: DatabaseConfig;
    readonly images: ImagesConfig;
}>[] = [
    ({ database }) => [
        database.kind === "cloudnativepg" &&
            database.backup !== undefined &&
            database.backup.credentials === undefined &&
            !isAnnotated("s3", database.backup.accountAnnotations) &&
            issue(
                "database.backup.credentials",
                "is missing. Set it to a Secret with the bucket's keys. To use a cloud identity instead, set keep:database.backup.accountAnnotations, for example eks.amazonaws.com/role-arn, or any annotation if the identity needs none",
            ),
    ],
    ({ database, images: { cloudnativepg } }) => [
        database.kind === "cloudnativepg" &&
            database.backup !== undefined &&
            (isDockersPostgres(cloudnativepg) || WITHOUT_BARMAN.test(cloudnativepg)) &&
            issue(
                "images.cloudnativepg",
                "has no Barman Cloud, with which the operator makes the backups of keep:database.backup. Use a system image, such as ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie, or use keep:backup instead",
                { value: cloudnativepg },
            ),
    ],
    ({ backup, database, images: { cloudnativepg, postgres } }) => {
        const [server = 0, client = server] = [postgresMajor(cloudnativepg), postgresMajor(postgres)];
        return [
            database.kind === "cloudnativepg" &&
                makesDumps(backup) &&
                client < server &&
                issue(
                    "images.postgres",
                    `has pg_dump ${client}, which does not dump the PostgreSQL ${server} in keep:images.cloudnativepg. Use the same version for both`,
                    { value: postgres },
                ),
        ];
    },
    ({ backup }) => [
        backup.kind === "s3" &&
            backup.credentials === undefined &&
            !hasIdentity(backup) &&
            issue(
                "backup.credentials",
                "is missing. Set it to a Secret with the bucket's keys. To use a cloud identity instead, annotate keep:backup.serviceAccount, for example with eks.amazonaws.com/role-arn, or set it to an account that has a role",
            ),
        backup.kind === "azure" &&
            !hasIdentity(backup) &&
            issue(
                "backup.serviceAccount.annotations",
                "name no identity. Set azure.workload.identity/client-id to the client id of one that may write to the container, or name an account that has it",
            ),
    ],
    ({ backup }) => {
        const limit = "scratchSize" in backup ? backup.resources?.limits?.["ephemeral-storage"] : undefined;
        return [
            "scratchSize" in backup &&
                limit !== undefined &&
                amountOf(limit) < amountOf(backup.scratchSize) &&
                issue(
                    "backup.scratchSize",
                    `is more than the ${limit} of ephemeral-storage that keep:backup.resources allows. Increase that limit, or reduce this size`,
                    { value: backup.scratchSize },
                ),
        ];
    },
    ({ database, backup }) => {
        const { persistentVolume } =
            "volume" in database && "persistentVolume" in database.volume ? database.volume : {};
        const [source] = persistentVolume === undefined || isLater(persistentVolume) ? [] : sourceOf(persistentVolume);
        return [
            // https://kubernetes.io/docs/concepts/storage/volume-snapshots/
            backup.kind === "snapshot" &&
                source !== undefined &&
                source !== "csi" &&
                issue(
                    "backup.kind",
                    `needs a volume of a CSI driver, but keep:database.volume.persistentVolume has the source ${source}. Give it the source csi, or use another kind of backup`,
                    { value: backup.kind },
                ),
        ];
    },
    ({ database, backup }) => {
        const engine = engineOf(database);
        return [
            dumpServer(backup) !== undefined &&
                (database.kind !== "external" || database.engine !== "postgres") &&
                issue("backup.server", "is for an external PostgreSQL. Remove it"),
            database.kind === "sqlite" &&
                makesDumps(backup) &&
                database.volume.accessModes.includes("ReadWriteOncePod") &&
                issue(
                    "backup.kind",
                    "needs a second pod on SQLite's volume, but keep:database.volume.accessModes allows only one pod (ReadWriteOncePod). Use ReadWriteOnce, or set it to none",
                    { value: backup.kind },
                ),
            engine !== undefined &&
                engine.dumpScript === undefined &&
                makesDumps(backup) &&
                issue(
                    "backup.kind",
                    `does not support ${engine.title}. Set it to none, and use the server's own backup`,
                    {
                        value: backup.kind,
                    },
                ),
            backup.kind === "snapshot" &&
                (database.kind === "external" || database.kind === "cloudnativepg") &&
                issue(
                    "backup.kind",
                    "needs a database volume in the cluster. Set it to volume, s3, gcs or azure, or use the backup of the server's operator",
                    { value: backup.kind },
                ),
        ];
    },
];

/** Annotations for an identity of another cloud than that of the bucket do not count. */
const FOREIGN = {
    azure: /^(eks\.amazonaws\.com|iam\.gke\.io)\//,
    s3: /^(azure\.workload\.identity|iam\.gke\.io)\//,
} as const;

/**
 * Whether a backup's pods have a cloud identity. In GKE, it needs no annotation
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity).
 */
function hasIdentity({ kind, serviceAccount }: Extract<BackupConfig, { kind: keyof typeof FOREIGN }>): boolean {
    return serviceAccount.name !== undefined || isAnnotated(kind, serviceAccount.annotations);
}

function isAnnotated(kind: keyof typeof FOREIGN, annotations: object): boolean {
    return Object.keys(annotations).some((name) => !FOREIGN[kind].test(name));
}
