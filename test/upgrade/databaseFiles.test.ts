import type { Written } from "../support/config";
import { refusesAfter, takesAfter } from "../support/deployed";

const server = (kind: string, image: string, settings: object = {}): Written => ({
    database: { kind, settings },
    images: { [kind]: image },
});
const FIX =
    "so the server would not start with the files in keep/keep-mysql. Undo the change; or restore a dump into another volume (docs/upgrade.md).";
const unread = (kind: string, now: string, was: string) =>
    `keep:images.${kind} is version ${now}, which cannot read files of ${was}, ${FIX.replace("mysql", kind)}`;
const DUMPS: Written = { database: { kind: "postgres" }, backup: { kind: "volume" } };
const S3 = { kind: "s3", bucket: "dumps", region: "eu-west-1", credentials: "keep-s3" };
const unretained =
    "keep:backup.kind is no longer volume, so pulumi destroy would delete the namespace keep with the backups in keep/keep-backup. Set keep:database.volume.retain or keep:namespace.create false to retain the namespace; or copy the backups, then add keep/keep-backup to keep:allow.abandon (docs/upgrade.md).";

describe("files of a server, in a deployment after another one", () => {
    refusesAfter({
        "a later PostgreSQL": [
            server("postgres", "docker.io/library/postgres:17.6"),
            server("postgres", "postgres:18.1"),
            unread("postgres", "18", "17"),
        ],
        "an earlier PostgreSQL with an extension": [
            server("postgres", "docker.io/pgvector/pgvector:0.8.0-pg17"),
            server("postgres", "docker.io/pgvector/pgvector:pg16"),
            unread("postgres", "16", "17"),
        ],
        "an earlier MySQL": [
            server("mysql", "docker.io/library/mysql:8.4.6"),
            server("mysql", "docker.io/library/mysql:8.0.40"),
            unread("mysql", "8.0", "8.4"),
        ],
        "a MySQL two versions later": [
            server("mysql", "docker.io/library/mysql:8.0.40"),
            server("mysql", "docker.io/library/mysql:9.7.0"),
            unread("mysql", "9.7", "8.0"),
        ],
        "names of tables that MySQL reads otherwise": [
            server("mysql", "docker.io/library/mysql:8.4.6"),
            server("mysql", "docker.io/library/mysql:8.4.6", { lower_case_table_names: 1 }),
            `keep:database.settings.lower_case_table_names differs from 0, its value when the database was created, ${FIX}`,
        ],
        "pages of another size": [
            server("mysql", "docker.io/library/mysql:8.4.6", { innodb_page_size: "32K" }),
            server("mysql", "docker.io/library/mysql:8.4.6"),
            `keep:database.settings.innodb_page_size differs from 32768, its value when the database was created, ${FIX}`,
        ],
        "another user": [
            { database: { kind: "postgres" } },
            { database: { kind: "postgres", user: "alerts" } },
            'keep:database.user ("alerts") is not keep, which owns Keep\'s data in keep/keep-postgres. Undo the change; or rename the user in the server, then add keep/keep-postgres to keep:allow.abandon (docs/upgrade.md).',
        ],
        "another kind of server on the same claim": [
            { database: { kind: "postgres", volume: { existingClaim: "mine" } } },
            { database: { kind: "mysql", volume: { existingClaim: "mine" } } },
            "keep:database disconnects Keep from its data in the volume keep/mine. To keep the data, undo the change of the kind, the release, the namespace, the volume or keep:adopt. To use another database, move the data, then add keep/mine to keep:allow.abandon (docs/upgrade.md).",
        ],
        "backups in a bucket in the place of a volume": [DUMPS, { ...DUMPS, backup: S3 }, unretained],
        "no more backups": [DUMPS, { ...DUMPS, backup: { kind: "none" } }, unretained],
    });
    takesAfter({
        "a later PostgreSQL of the same files": [
            server("postgres", "docker.io/library/postgres:17.5"),
            server("postgres", "mirror.example.com/library/postgres:17.6"),
        ],
        "a PostgreSQL of one's own, of some version": [
            server("postgres", "docker.io/library/postgres:17.6"),
            server("postgres", "registry.example.com/alerts-database:2.1"),
        ],
        "a later MySQL": [
            server("mysql", "docker.io/library/mysql:8.0.40"),
            server("mysql", "docker.io/library/mysql:8.4.6"),
        ],
        "an earlier MySQL of the same version": [
            server("mysql", "docker.io/library/mysql:8.4.6"),
            server("mysql", "docker.io/library/mysql:8.4.5"),
        ],
        "the default size of pages": [
            server("mysql", "docker.io/library/mysql:8.4.6"),
            server("mysql", "docker.io/library/mysql:8.4.6", { innodb_page_size: 16384 }),
        ],
        "backups in a bucket, if the namespace stays": [
            DUMPS,
            { database: { kind: "postgres", volume: { retain: true } }, backup: S3 },
        ],
        "backups in a bucket, if others have made the namespace": [
            DUMPS,
            { ...DUMPS, backup: S3, namespace: { create: false } },
        ],
        "no more backups, whose volume is abandoned": [
            DUMPS,
            { database: { kind: "postgres" }, allow: { abandon: ["keep/keep-backup"] } },
        ],
    });
});
