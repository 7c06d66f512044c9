import { accepts } from "../support/refusals";

describe("archives of PostgreSQL", () => {
    accepts({
        "an archive by programs of its image": {
            database: {
                kind: "postgres",
                settings: {
                    archive_mode: "on",
                    archive_command: "mkdir -p archive && gzip <%p >archive/%f.gz",
                    archive_library: "",
                },
            },
        },
        "an archive by another image": {
            database: {
                kind: "postgres",
                settings: { archive_mode: "on", archive_command: "wal-g wal-push %p" },
            },
            images: { postgres: "registry.example.com/postgres:17.6-wal-g" },
        },
        ...Object.fromEntries(
            [
                "/usr/local/bin/wal-g wal-push %p",
                "envdir /etc/wal-g.d/env wal-g wal-push %p",
                "pgbackrest --stanza=main --config=/etc/pgbackrest/pgbackrest.conf archive-push %p",
                "cp %p /tmp/%f && aws s3 cp /tmp/%f s3://dumps/%f",
            ].map((archive_command) => [
                `an archive by paths of another image: ${archive_command}`,
                {
                    database: { kind: "postgres", settings: { archive_mode: "on", archive_command } },
                    images: { postgres: "registry.example.com/pg-walg:17" },
                },
            ]),
        ),
        ...Object.fromEntries(
            ["/bin/true", "mkdir -p archive && cp %p archive/%f 2>/dev/null"].map((archive_command) => [
                `an archive by paths of Docker's image: ${archive_command}`,
                { database: { kind: "postgres", settings: { archive_mode: "on", archive_command } } },
            ]),
        ),
        "an archive by a library with its directory": {
            database: {
                kind: "postgres",
                settings: {
                    archive_mode: "on",
                    archive_library: "basic_archive",
                    "basic_archive.archive_directory": "archive",
                },
            },
        },
        "a program of an archive that is off": {
            database: { kind: "postgres", settings: { archive_mode: "off", archive_command: "wal-g wal-push %p" } },
        },
    });
});
