import * as z from "zod";

import { pymysql } from "./drivers/pymysql";
import { type Engine, reserving, script, type UrlParameters, wholeNumber } from "./engine";
import { DATABASE_NAME, identifier, serverFields, USER } from "./fields";
import { mysqlChecks } from "./parameters/mysql";

const schema = z.strictObject({
    kind: z.literal("mysql").describe("MySQL in the cluster, one pod"),
    ...serverFields,
    name: identifier("database name", /^(mysql|sys|information_schema|performance_schema)$/i)
        .default("keep")
        .describe(DATABASE_NAME),
    // https://dev.mysql.com/doc/refman/8.4/en/user-names.html; the image rejects root as its second user.
    user: identifier("user name", /^root$/i, 32)
        .default("keep")
        .describe(USER),
});

/** MySQL 8.4 (https://hub.docker.com/_/mysql). Keep's migrations fail on MariaDB. */
export const mysql: Engine<typeof schema> = {
    kind: "mysql",
    title: "MySQL",
    schema,
    scheme: "mysql+pymysql",
    driver: pymysql,
    port: 3306,
    urlParameters: {},
    // https://docs.sqlalchemy.org/en/20/dialects/mysql.html#ssl-connections. Without a CA, PyMySQL encrypts but does
    // not verify.
    tlsParameters: (mode, ca): UrlParameters =>
        mode === "require"
            ? { ssl_check_hostname: "false" }
            : { ssl_ca: ca, ssl_check_hostname: String(mode === "verify-full") },
    // pymysql/connections.py, Connection.__init__
    decidedParameters: {
        host: ["host", "read_default_file", "read_default_group", "unix_socket"],
        name: ["database", "db"],
        passwordSecret: ["passwd", "password"],
        port: ["port"],
        tls: ["ssl", "ssl_ca", "ssl_check_hostname", "ssl_disabled", "ssl_verify_cert", "ssl_verify_identity"],
        user: ["user"],
    },
    dumpScript: () => script("dump", "address.sh") + script("dump", "mysql.sh") + script("dump", "wait.sh"),
    // https://dev.mysql.com/doc/refman/8.4/en/string-type-syntax.html; the length is that of SQLModel
    // (sqlmodel/sql/sqltypes.py).
    text: { ignoresCase: true, length: 255, bytes: 65_535 },
    // MySQL allows administrators one connection in addition to max_connections.
    connections: ({ max_connections, max_user_connections = "0" }) => {
        const [max, ofUser] = [wholeNumber(max_connections), wholeNumber(max_user_connections)];
        return ofUser > 0 && ofUser < max
            ? { max: ofUser, reserved: 0, parameter: "max_user_connections" }
            : { max, reserved: 0 };
    },
    // The buffer pool of InnoDB is half of the requested memory.
    presets: {
        small: { settings: { max_connections: 200 } },
        medium: {
            resources: reserving("2", "8Gi"),
            settings: { max_connections: 400, innodb_buffer_pool_size: "4G" },
        },
        large: {
            resources: reserving("4", "32Gi"),
            settings: { max_connections: 600, innodb_buffer_pool_size: "16G" },
        },
        xlarge: {
            resources: reserving("8", "32Gi"),
            settings: { max_connections: 1000, innodb_buffer_pool_size: "16G" },
        },
    },
    adoption: { marker: "mysql" },
    server: {
        user: 999,
        mountPath: "/var/lib/mysql",
        directory: "data",
        scratch: { run: "/var/run/mysqld", tmp: "/tmp" },
        // The default of 256 KiB is too small to sort rows with JSON columns (error 1038).
        settings: { sort_buffer_size: "4M" },
        decidedSettings: [
            "bind_address",
            "chroot",
            "daemonize",
            "datadir",
            "defaults_extra_file",
            "defaults_file",
            "defaults_group_suffix",
            "help",
            "init_file",
            "initialize",
            "initialize_insecure",
            "no_defaults",
            "pid_file",
            "port",
            "print_defaults",
            "skip_grant_tables",
            "skip_networking",
            "socket",
            "user",
            "validate_config",
            "version",
        ],
        // mysys/my_getopt.cc, special_opt_prefix and findopt
        prefixes: ["disable", "enable", "loose", "maximum", "skip"],
        checks: mysqlChecks,
        resources: { requests: { cpu: "250m", memory: "768Mi" }, limits: { cpu: "2", memory: "2Gi" } },
        // Measured with 9.7 and 200 connections: 475 MiB at rest, and 234 MiB without the performance schema.
        leastMemory: ({ performance_schema = "ON" }) =>
            /^(off|false|0)$/i.test(performance_schema) ? "256Mi" : "512Mi",
        env: ({ database, user, password }) => ({
            MYSQL_DATABASE: database,
            MYSQL_USER: user,
            MYSQL_PASSWORD: password,
            MYSQL_ROOT_PASSWORD: password,
        }),
        // CREATE USER fails with a longer one (MAX_PLAINTEXT_LENGTH of caching_sha2_password).
        passwordFault: (password) =>
            Buffer.byteLength(password) > 256
                ? "has more than 256 bytes, the maximum of MySQL's passwords. Set a shorter one"
                : /^[ -~]*$/.test(password)
                  ? undefined
                  : // pymysql/connections.py encodes it in latin1, and the server's own clients in UTF-8.
                    "contains characters outside ASCII, with which Keep's driver cannot sign in. Set another one",
        command: () => ["sh", "-ec", script("password", "mysql.sh"), "mysql"],
        args: (settings, datadir) =>
            Object.entries({ datadir, ...settings }).map(([name, value]) => `--${name}=${value}`),
        health: () => ["mysqladmin", "ping", "--silent", "--host=127.0.0.1"],
    },
};
