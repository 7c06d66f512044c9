import * as z from "zod";

import { psycopg2 } from "./drivers/psycopg2";
import { type Engine, reserving, script, type UrlParameters, wholeNumber } from "./engine";
import { DATABASE_NAME, identifier, serverFields, USER } from "./fields";
import { postgresChecks } from "./parameters/server";

const schema = z.strictObject({
    kind: z.literal("postgres").describe("PostgreSQL in the cluster, one pod"),
    ...serverFields,
    name: identifier("database name", /^template[01]$/i)
        .default("keep")
        .describe(DATABASE_NAME),
    // https://www.postgresql.org/docs/current/sql-createrole.html
    user: identifier("user name", /^(pg_.*|none|public)$/i)
        .default("keep")
        .describe(USER),
});

/** PostgreSQL (https://hub.docker.com/_/postgres). */
export const postgres: Engine<typeof schema> = {
    kind: "postgres",
    title: "PostgreSQL",
    schema,
    scheme: "postgresql+psycopg2",
    driver: psycopg2,
    port: 5432,
    urlParameters: {},
    // https://www.postgresql.org/docs/current/libpq-ssl.html
    tlsParameters: (mode, ca): UrlParameters =>
        mode === "require" ? { sslmode: mode } : { sslmode: mode, sslrootcert: ca },
    decidedParameters: {
        host: ["host", "hostaddr", "service", "servicefile"],
        name: ["dbname"],
        passwordSecret: ["passfile", "password"],
        port: ["port"],
        tls: ["requiressl", "sslmode", "sslrootcert"],
        user: ["user"],
    },
    dumpScript: () => script("dump", "address.sh") + script("dump", "postgres.sh") + script("dump", "wait.sh"),
    text: { ignoresCase: false },
    // https://www.postgresql.org/docs/current/runtime-config-connection.html
    connections: ({ max_connections, superuser_reserved_connections = "3", reserved_connections = "0" }) => ({
        max: wholeNumber(max_connections),
        reserved: wholeNumber(superuser_reserved_connections) + wholeNumber(reserved_connections),
    }),
    // shared_buffers is a quarter of the requested memory
    // (https://www.postgresql.org/docs/current/runtime-config-resource.html).
    presets: {
        small: { settings: { max_connections: 200, shared_buffers: "256MB" } },
        medium: {
            resources: reserving("2", "8Gi"),
            settings: { max_connections: 400, shared_buffers: "2GB", effective_cache_size: "6GB" },
        },
        large: {
            resources: reserving("4", "32Gi"),
            settings: { max_connections: 600, shared_buffers: "8GB", effective_cache_size: "24GB" },
        },
        xlarge: {
            resources: reserving("8", "32Gi"),
            settings: { max_connections: 1000, shared_buffers: "8GB", effective_cache_size: "24GB" },
        },
    },
    adoption: { marker: "PG_VERSION" },
    server: {
        user: 999,
        mountPath: "/var/lib/postgresql/data",
        directory: "pgdata",
        scratch: { run: "/var/run/postgresql", tmp: "/tmp" },
        sharedMemory: "/dev/shm",
        settings: {},
        decidedSettings: [
            "config_file",
            "data_directory",
            "external_pid_file",
            "hba_file",
            "ident_file",
            "listen_addresses",
            "port",
            "unix_socket_directories",
        ],
        checks: postgresChecks,
        resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "2", memory: "2Gi" } },
        leastMemory: () => "128Mi",
        env: ({ database, user, password }, dataDirectory) => ({
            PGDATA: dataDirectory,
            POSTGRES_DB: database,
            POSTGRES_USER: user,
            POSTGRES_PASSWORD: password,
        }),
        beforeStart: () => ["sh", "-ec", script("password", "postgres.sh")],
        args: (settings) => Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
        health: ({ name, user }) => ["pg_isready", "-h", "127.0.0.1", "-U", user, "-d", name],
    },
};
