import type { ImageConfig } from "./images/archive";

/** Images that `npm run test:pods` makes, by their name in `keep:images`. */
export type ImageName = "backend" | "frontend" | "websocket" | "postgres" | "cloudnativepg" | "redis";

/** What is assumed of a published image. */
export interface PublishedImage {
    /** The one that the program deploys by default: a new one is a reason to read its sources again. */
    readonly reference: string;
    readonly config: ImageConfig;
    /** The user of `config.User`, as the image's user table has it. */
    readonly user: { readonly name: string; readonly uid: number; readonly gid: number; readonly home: string };
    /** Programs that the pods call by name, found on its PATH. */
    readonly programs: readonly string[];
    /** Where the programs of the image write, whatever the pod says: a read-only root needs a volume there. */
    readonly writes: readonly string[];
    /** Where that is written. */
    readonly source: readonly string[];
    /** What the image made here does not share with it. */
    readonly differs: string;
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** One page on every image: what the program relies on, and where it is written. The images of `npm run test:pods` are made by it. */
export const PUBLISHED: Readonly<Record<ImageName, PublishedImage>> = {
    backend: {
        reference: "us-central1-docker.pkg.dev/keephq/keep/keep-api:0.54.2",
        config: {
            User: "keep",
            WorkingDir: "/app",
            Env: [
                `PATH=/venv/bin:${PATH}`,
                "PYTHONFAULTHANDLER=1",
                "PYTHONHASHSEED=random",
                "PYTHONUNBUFFERED=1",
                "VIRTUAL_ENV=/venv",
                "EE_PATH=ee",
            ],
            Entrypoint: ["/venv/lib/python3.13/site-packages/keep/entrypoint.sh"],
            Cmd: [
                "gunicorn",
                "keep.api.api:get_app",
                "--bind",
                "0.0.0.0:8080",
                "--workers",
                "4",
                "-k",
                "uvicorn.workers.UvicornWorker",
                "-c",
                "/venv/lib/python3.13/site-packages/keep/api/config.py",
                "--preload",
            ],
        },
        programs: ["gunicorn", "python"],
        user: { name: "keep", uid: 1000, gid: 1000, home: "/home/keep" },
        writes: ["/tmp"],
        source: ["https://github.com/keephq/keep/blob/v0.54.2/docker/Dockerfile.api"],
        differs: "Debian's Python 3.13 and C library; without keep/ee",
    },
    frontend: {
        reference: "us-central1-docker.pkg.dev/keephq/keep/keep-ui:0.54.2",
        config: {
            User: "nextjs",
            WorkingDir: "/app",
            Env: [
                `PATH=${PATH}`,
                "NODE_ENV=production",
                "PORT=3000",
                "PUSHER_HOST=localhost",
                "PUSHER_PORT=6001",
                "PUSHER_APP_KEY=keepappkey",
            ],
            Entrypoint: ["/app/entrypoint.sh"],
        },
        programs: [],
        user: { name: "nextjs", uid: 1001, gid: 65533, home: "/home/nextjs" },
        writes: ["/tmp", "/app/.next/cache"],
        source: [
            "https://github.com/keephq/keep/blob/v0.54.2/docker/Dockerfile.ui",
            "https://github.com/keephq/keep/blob/v0.54.2/keep-ui/entrypoint.sh",
        ],
        differs: "a stand-in that answers probes and passes /backend on: the interface is in no registry of packages",
    },
    websocket: {
        reference: "quay.io/soketi/soketi:1.6.1-16-debian",
        config: {
            User: "0",
            WorkingDir: "/app",
            Env: [`PATH=${PATH}`],
            Entrypoint: ["/app/bin/server.js", "start"],
        },
        programs: [],
        user: { name: "root", uid: 0, gid: 0, home: "/root" },
        writes: ["/tmp"],
        source: ["https://github.com/soketi/soketi/blob/1.6.1/Dockerfile.debian"],
        differs: "Debian's Node 20 instead of 16, without that NODE_OPTIONS, and the other build of uWebSockets.js",
    },
    postgres: {
        reference: "docker.io/library/postgres:17.6",
        config: {
            Env: [
                `PATH=${PATH}:/usr/lib/postgresql/17/bin`,
                "LANG=C.UTF-8",
                "PG_MAJOR=17",
                "PGDATA=/var/lib/postgresql/data",
            ],
            Entrypoint: ["docker-entrypoint.sh"],
            Cmd: ["postgres"],
            StopSignal: "SIGINT",
        },
        programs: ["postgres", "sh"],
        user: { name: "postgres", uid: 999, gid: 999, home: "/var/lib/postgresql" },
        writes: ["/var/lib/postgresql/data", "/var/run/postgresql", "/tmp"],
        source: [
            "https://github.com/docker-library/postgres/blob/master/17/bookworm/Dockerfile",
            "https://github.com/docker-library/postgres/blob/master/docker-entrypoint.sh",
        ],
        differs: "Debian 13's PostgreSQL 17, the locale C.UTF-8, and an entrypoint of the few lines that a pod needs",
    },
    cloudnativepg: {
        reference: "ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie",
        config: { User: "26", Env: [`PATH=${PATH}:/usr/lib/postgresql/17/bin`] },
        programs: [],
        user: { name: "postgres", uid: 26, gid: 999, home: "/var/lib/postgresql" },
        writes: ["/var/lib/postgresql/data", "/run", "/tmp"],
        source: ["https://github.com/cloudnative-pg/postgres-containers/blob/main/Dockerfile"],
        differs: "Debian 13's PostgreSQL 17, without Barman Cloud, extensions and locales",
    },
    redis: {
        reference: "docker.io/valkey/valkey:8.1.3",
        config: { WorkingDir: "/data", Env: [`PATH=${PATH}`], Cmd: ["valkey-server"] },
        programs: ["valkey-server"],
        user: { name: "valkey", uid: 999, gid: 999, home: "/home/valkey" },
        writes: ["/data"],
        source: ["https://github.com/valkey-io/valkey-container/blob/mainline/8.1/debian/Dockerfile"],
        differs: "Debian 13's Valkey 8.1, without its entrypoint",
    },
};

/**
 * Images that are not made: Debian 12 to 14 have MariaDB in place of MySQL, and Debian unstable has MySQL 9.7; PyPI, npm and Maven
 * Central have clients only, or programs that download a server. No bucket is in reach of the nodes.
 */
export const NOT_MADE: Readonly<Record<"mysql" | "backup", Omit<PublishedImage, "differs">>> = {
    mysql: {
        reference: "docker.io/library/mysql:8.4.6",
        config: {
            Env: [`PATH=${PATH}`, "MYSQL_MAJOR=8.4"],
            Entrypoint: ["docker-entrypoint.sh"],
            Cmd: ["mysqld"],
        },
        programs: ["mysqld", "mysql", "mysqldump", "mysqladmin", "sh"],
        user: { name: "mysql", uid: 999, gid: 999, home: "/var/lib/mysql" },
        writes: ["/var/lib/mysql", "/var/run/mysqld", "/tmp"],
        source: [
            "https://github.com/docker-library/mysql/blob/master/8.4/Dockerfile.oracle",
            "https://github.com/docker-library/mysql/blob/master/8.4/docker-entrypoint.sh",
        ],
    },
    backup: {
        reference: "docker.io/rclone/rclone:1.71.0",
        config: { WorkingDir: "/data", Env: [`PATH=${PATH}`, "XDG_CONFIG_HOME=/config"], Entrypoint: ["rclone"] },
        programs: ["rclone", "sh"],
        user: { name: "root", uid: 0, gid: 0, home: "/root" },
        // With remotes from variables it keeps no configuration, and no cache for a copy.
        writes: ["/tmp"],
        source: ["https://github.com/rclone/rclone/blob/v1.71.0/Dockerfile"],
    },
};
