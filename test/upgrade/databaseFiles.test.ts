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
const unnamed = (kind: string, now: string, was: string) =>
    `keep:images.${kind} ("${now}") is not ${was}, and one of both does not name its version, so the server may not start with the files in keep/keep-${kind}. Undo the change; or, if the server reads the files, add keep/keep-${kind} to keep:allow.abandon (docs/upgrade.md).`;
const queue = (image?: string): Written => ({
    database: { kind: "postgres" },
    redis: { kind: "bundled", volume: {} },
    images: image === undefined ? {} : { redis: image },
});
const unreadQueue = (now: string, was: string) =>
    `keep:images.redis is ${now}, which cannot read files of ${was}, so the server would not start with the files in keep/keep-redis. Undo the change; or let the workers process the queue, then remove keep:redis.volume for one deployment and add keep/keep-redis to keep:allow.abandon (docs/upgrade.md).`;
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
        "a MySQL two versions later, by the number of its series": [
            server("mysql", "mysql:8.0"),
            server("mysql", "mysql:9"),
            unread("mysql", "9.7", "8.0"),
        ],
        "an earlier MySQL, after the number of its series": [
            server("mysql", "mysql:9"),
            { database: { kind: "mysql" } },
            unread("mysql", "8.4", "9.7"),
        ],
        "a MySQL of the calendar after one that is not the last of its series": [
            server("mysql", "mysql:9.6.0"),
            server("mysql", "mysql:26.7.0"),
            unread("mysql", "26.7", "9.6"),
        ],
        "a MySQL of some version after a word": [
            server("mysql", "mysql:lts"),
            server("mysql", "mysql:8.0"),
            unnamed("mysql", "mysql:8.0", "mysql:lts"),
        ],
        "another word of MySQL": [
            server("mysql", "mysql:lts"),
            server("mysql", "mysql:innovation"),
            unnamed("mysql", "mysql:innovation", "mysql:lts"),
        ],
        "a PostgreSQL of some version by the name of a Debian": [
            server("postgres", "postgres:17-trixie"),
            server("postgres", "postgres:trixie"),
            unnamed("postgres", "postgres:trixie", "postgres:17-trixie"),
        ],
        "a PostgreSQL of one's own, of some version": [
            server("postgres", "docker.io/library/postgres:17.6"),
            server("postgres", "registry.example.com/alerts-database:2.1"),
            unnamed("postgres", "registry.example.com/alerts-database:2.1", "docker.io/library/postgres:17.6"),
        ],
        "Valkey after a Redis whose format it does not know": [
            queue("redis:7.4"),
            queue(),
            unreadQueue("Valkey 8.1", "Redis 7.4"),
        ],
        "Valkey 9 after a Redis whose format it does not know": [
            queue("redis:8.0.5-bookworm"),
            queue("valkey/valkey:9.0.1"),
            unreadQueue("Valkey 9.0", "Redis 8.0"),
        ],
        "an earlier Valkey": [
            queue("mirror.example.com/valkey/valkey:9.0.1"),
            queue(),
            unreadQueue("Valkey 8.1", "Valkey 9.0"),
        ],
        "an earlier Redis": [queue("redis:8.8.2"), queue("redis:8.4.6"), unreadQueue("Redis 8.4", "Redis 8.8")],
        "an earlier Redis, after the number of its series": [
            queue("redis:7-alpine"),
            queue("redis:7.2"),
            unreadQueue("Redis 7.2", "Redis 7.4"),
        ],
        "a Valkey after one of some version": [
            queue("valkey/valkey:9"),
            queue(),
            unnamed("redis", "docker.io/valkey/valkey:8.1.3", "valkey/valkey:9"),
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
        "a PostgreSQL of one's own, of some version, that is meant": [
            server("postgres", "docker.io/library/postgres:17.6"),
            {
                ...server("postgres", "registry.example.com/alerts-database:2.1"),
                allow: { abandon: ["keep/keep-postgres"] },
            },
        ],
        "another tag of a PostgreSQL of one's own": [
            server("postgres", "registry.example.com/alerts-database:2.1"),
            server("postgres", "registry.example.com/alerts-database:2.2"),
        ],
        "the same word from a mirror, and pinned": [
            server("postgres", "docker.io/library/postgres:trixie"),
            server("postgres", `mirror.example.com/library/postgres:trixie@sha256:${"0".repeat(64)}`),
        ],
        "the same word of MySQL": [server("mysql", "mysql:lts"), server("mysql", "mysql:lts")],
        "the exact version of a MySQL that had the number of its series": [
            server("mysql", "mysql:9"),
            server("mysql", "mysql:9.7.2"),
        ],
        "a MySQL of the calendar after the last one before": [
            server("mysql", "mysql:9"),
            server("mysql", "mysql:26.7.0"),
        ],
        "a later MySQL of the calendar": [server("mysql", "mysql:26.7.0"), server("mysql", "mysql:27.1.0")],
        "a later Valkey": [queue(), queue("valkey/valkey:9.0.1")],
        "a Valkey of the same format": [queue("redis:7.2-alpine"), queue()],
        "a Redis that reads the format of Valkey": [queue(), queue("redis:8.10.1")],
        "an earlier Redis of the same format": [queue("redis:8.4.6"), queue("redis:8.0.5")],
        "an earlier Valkey without a volume": [
            { ...queue("valkey/valkey:9.0.1"), redis: { kind: "bundled" } },
            { ...queue(), redis: { kind: "bundled" } },
        ],
        "an earlier Valkey whose volume is abandoned": [
            queue("valkey/valkey:9.0.1"),
            { ...queue(), redis: { kind: "bundled" }, allow: { abandon: ["keep/keep-redis"] } },
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
