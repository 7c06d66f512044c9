import { type Driver, isTrue } from "./driver";

const NOT_TEXT = { reason: "PyMySQL takes no text for it" };
const ABSENT = { reason: "PyMySQL does not support it" };

const TLS =
    "Set keep:database.tls instead, or in a complete URL ssl_check_hostname=false, which encrypts, or ssl_ca, which also verifies the server";

/** SQLAlchemy passes these as a dictionary, which the others replace. */
const DICTIONARY = ["ssl_ca", "ssl_capath", "ssl_cert", "ssl_check_hostname", "ssl_cipher", "ssl_key"];
const REPLACING = ["ssl_key_password", "ssl_verify_cert"];

/**
 * PyMySQL 1.1.1 (pymysql/connections.py, Connection.__init__), and the parameters that SQLAlchemy translates for it
 * (lib/sqlalchemy/dialects/mysql/mysqldb.py, create_connect_args).
 */
export const pymysql: Driver = {
    title: "PyMySQL",
    hasOthers: false,
    // Of MySQL's own clients, as consoles of DigitalOcean and Aiven print it, of JDBC, and of Prisma for PlanetScale. A message
    // about TLS never leads to a connection without it.
    ofOthers: [[/^ssl([-_]?mode)?$|^ssl[^_]|[a-z_]ssl|tls|certificate/i, TLS]],
    files: ["read_default_file", "ssl_ca", "ssl_capath", "ssl_cert", "ssl_key"],
    together: (name, parameters) => {
        const ignored = DICTIONARY.find((other) => Object.hasOwn(parameters, other));
        if (REPLACING.includes(name) && ignored !== undefined) {
            return `makes PyMySQL ignore ${ignored}. Remove ${name}`;
        }
        // _create_ssl_ctx verifies host names only with one of these.
        const hasAuthority = Object.hasOwn(parameters, "ssl_ca") || Object.hasOwn(parameters, "ssl_capath");
        return name === "ssl_check_hostname" && isTrue(parameters[name]) && !hasAuthority
            ? "verifies no host name without ssl_ca. Add that, or use keep:database.tls"
            : undefined;
    },
    parameters: {
        auth_plugin_map: NOT_TEXT,
        autocommit: { reason: "Keep needs transactions" },
        binary_prefix: "text",
        bind_address: "text",
        // PyMySQL fails at names that it does not know (pymysql/charset.py), and others cannot encode each text of an alert.
        charset: {
            pattern: /^utf8mb4$/,
            fault: "is not utf8mb4, the only character set that encodes each text of an alert. Use that",
        },
        client_flag: "whole",
        collation: {
            pattern: /^utf8mb4_[a-z0-9_]+$/i,
            fault: "is not a collation of utf8mb4. Write it like utf8mb4_0900_ai_ci",
        },
        compress: ABSENT,
        connect_timeout: "positive",
        conv: NOT_TEXT,
        cursorclass: NOT_TEXT,
        database: "text",
        db: "text",
        defer_connect: { reason: "Keep needs the connection at once" },
        host: "text",
        init_command: "text",
        local_infile: "boolean",
        max_allowed_packet: "positive",
        named_pipe: ABSENT,
        passwd: "text",
        password: "text",
        port: NOT_TEXT,
        program_name: "text",
        read_default_file: "text",
        read_default_group: "text",
        read_timeout: "positive",
        server_public_key: NOT_TEXT,
        sql_mode: "text",
        ssl: { reason: "PyMySQL takes no text for it", fix: TLS },
        ssl_ca: "text",
        ssl_capath: "text",
        ssl_cert: "text",
        ssl_check_hostname: "boolean",
        ssl_cipher: "text",
        ssl_disabled: {
            pattern: /^true$/,
            fault: `is read as true, as any text, which turns TLS off. Remove ssl_disabled. ${TLS}`,
        },
        ssl_key: "text",
        ssl_key_password: "text",
        ssl_verify_cert: ["true", "false"],
        // It does so only with an authority in a parameter that no URL can set.
        ssl_verify_identity: { reason: "PyMySQL verifies no host name with it", fix: TLS },
        unix_socket: "text",
        use_unicode: "boolean",
        user: "text",
        write_timeout: "positive",
    },
};
