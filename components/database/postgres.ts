import type { Engine } from "./engine";
import { passwordScript } from "./password";

/** PostgreSQL (https://hub.docker.com/_/postgres). */
export const postgres: Engine = {
    dialect: "postgres",
    image: "postgres",
    user: 999,
    mountPath: "/var/lib/postgresql/data",
    directory: "pgdata",
    mark: "PG_VERSION",
    scratch: { run: "/var/run/postgresql", tmp: "/tmp" },
    sharedMemory: "/dev/shm",
    settings: {},
    resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "2", memory: "2Gi" } },
    env: ({ database, user, password }, dataDirectory) => ({
        PGDATA: dataDirectory,
        POSTGRES_DB: database,
        POSTGRES_USER: user,
        POSTGRES_PASSWORD: password,
    }),
    beforeStart: () => ["sh", "-ec", passwordScript("postgres")],
    args: (settings) => Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    health: ({ name, user }) => ["pg_isready", "-h", "127.0.0.1", "-U", user, "-d", name],
};
