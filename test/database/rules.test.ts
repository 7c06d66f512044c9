import { accepts } from "../support/refusals";

const external = { kind: "external", engine: "postgres", host: "db.example.com" };
const databasePassword = "p";

describe("what another setting of the database decides", () => {
    accepts({
        "a TLS mode in the parameters, without tls": {
            database: { ...external, parameters: { sslmode: "require" } },
            databasePassword,
        },
        "a name of an existing database that SQL needs quotes for": {
            database: { ...external, name: "2-keep-prod" },
            databasePassword,
        },
        "a proxy in the pod that the Jobs have too": {
            namespace: { podSecurity: "baseline" },
            database: { ...external, host: "127.0.0.1" },
            databasePassword,
            backend: {
                initContainers: [{ name: "proxy", image: "registry.example.com/proxy:1", restartPolicy: "Always" }],
            },
        },
        "parameters that psycopg2 knows": {
            database: {
                ...external,
                parameters: {
                    sslmode: "verify-ca",
                    sslrootcert: "/etc/ca.pem",
                    application_name: "keep",
                    connect_timeout: 10,
                    target_session_attrs: "read-write",
                    options: "-c statement_timeout=5",
                    keepalives: 1,
                    keepalives_idle: 30,
                },
            },
            databasePassword,
        },
        "parameters that PyMySQL knows, or SQLAlchemy for it": {
            database: {
                ...external,
                engine: "mysql",
                parameters: {
                    charset: "utf8mb4",
                    ssl_ca: "/etc/ca.pem",
                    ssl_check_hostname: false,
                    ssl_capath: "/etc/ssl",
                    read_timeout: 60,
                    init_command: "SET time_zone = '+00:00'",
                    local_infile: 0,
                },
            },
            databasePassword,
        },
        "parameters of the ODBC driver, without tls": {
            database: {
                ...external,
                engine: "sqlserver",
                parameters: {
                    driver: "ODBC Driver 17 for SQL Server",
                    Encrypt: "yes",
                    TrustServerCertificate: "no",
                    authentication: "ActiveDirectoryPassword",
                    MultiSubnetFailover: "Yes",
                },
            },
            backend: { image: "registry.example.com/keep-api:mssql" },
            databasePassword,
        },
        "a URL with several hosts": {
            database: { kind: "external", engine: "postgres" },
            databaseUrl:
                "postgresql+psycopg2://k:p@/keep?host=a:5432&host=b:5432&target_session_attrs=primary&sslmode=",
        },
        "a URL whose parameter replaces the pod itself": {
            database: { kind: "external", engine: "postgres" },
            databaseUrl: "postgresql+psycopg2://k:p@localhost/keep?host=db.example.com",
        },
        "a URL of another driver, which has its own parameters": {
            database: { kind: "external", engine: "mysql" },
            databaseUrl: "mysql+mysqlconnector://k:p@db/keep?ssl_disabled=false",
        },
        "parameters of a server": { database: { kind: "postgres", settings: { "pg_stat_statements.max": 500 } } },
    });
});

describe("parameters of PostgreSQL", () => {
    const settings = {
        max_connections: 200,
        shared_buffers: "1GB",
        work_mem: "64MB",
        maintenance_work_mem: "0.5 GB",
        effective_cache_size: 262144,
        log_min_duration_statement: "500ms",
        log_statement: "ddl",
        idle_in_transaction_session_timeout: "5min",
        statement_timeout: 0,
        random_page_cost: 1.1,
        wal_compression: "zstd",
        synchronous_commit: false,
        huge_pages: "try",
        timezone: "Europe/Berlin",
        log_timezone: "EST5EDT",
        autovacuum: true,
        autovacuum_naptime: "30s",
        autovacuum_vacuum_scale_factor: 0.05,
        autovacuum_vacuum_cost_delay: "2ms",
        max_wal_size: "4GB",
        "pg_stat_statements.track": "all",
        "timescaledb.max_background_workers": 8,
    };
    accepts({
        "common ones, as text, numbers and booleans": {
            database: { kind: "postgres", settings: { ...settings, shared_preload_libraries: "pg_stat_statements" } },
        },
        "common ones with CloudNativePG": {
            database: { kind: "cloudnativepg", resources: { requests: { memory: "1Gi" } }, settings },
        },
        "libraries of contrib": {
            database: { kind: "postgres", settings: { shared_preload_libraries: "auto_explain, $libdir/pg_prewarm" } },
        },
        "other libraries, with an image of one's own": {
            database: { kind: "postgres", settings: { shared_preload_libraries: "pg_cron" } },
            images: { postgres: "registry.example.com/postgres:17.6-cron" },
        },
        "none but replicas, for a bulk load": {
            database: { kind: "postgres", settings: { wal_level: "minimal", max_wal_senders: 0 } },
        },
        "those of another version, with its image": {
            database: { kind: "postgres", settings: { io_method: "io_uring", ssl: "on" } },
            images: { postgres: "docker.io/library/postgres:18.1" },
        },
        "those with which Keep can work, though others of them could not": {
            database: {
                kind: "postgres",
                settings: {
                    search_path: '"$user", Public',
                    client_encoding: "utf-8",
                    default_transaction_read_only: "off",
                    default_transaction_isolation: "serializable",
                    archive_mode: "on",
                    archive_command: "true",
                    synchronous_standby_names: "",
                    synchronous_commit: "remote_apply",
                    max_stack_depth: "7MB",
                    huge_pages: "off",
                    lc_messages: "C",
                    bonjour: "off",
                    fsync: "off",
                    logging_collector: "on",
                    jit: "off",
                },
            },
        },
        ...Object.fromEntries(
            ["8.4.6", "9.7.4"].map((version) => [
                `options of MySQL ${version} itself that begin like those of a plugin`,
                {
                    database: {
                        kind: "mysql",
                        settings: { authentication_policy: "*,,", group_replication_consistency: "BEFORE" },
                    },
                    images: { mysql: `mysql:${version}` },
                },
            ]),
        ),
        "limits of time with a unit, none, and long ones": {
            database: {
                kind: "postgres",
                settings: {
                    statement_timeout: "30s",
                    idle_session_timeout: 0,
                    lock_timeout: "5s",
                    transaction_timeout: 60000,
                },
            },
        },
        "limits of MySQL's queries, in milliseconds or none": {
            database: { kind: "mysql", settings: { max_execution_time: 30000 } },
        },
        "a volume that is not read-only": {
            database: {
                kind: "postgres",
                volume: {
                    persistentVolume: {
                        mountOptions: ["rw", "hard"],
                        nfs: { server: "nfs.example.com", path: "/keep", readOnly: false },
                    },
                },
            },
        },
        "locales of its image": {
            database: { kind: "postgres", settings: { lc_messages: "en_US.utf8", lc_time: "POSIX" } },
        },
        "names of replicas for which no change waits": {
            database: {
                kind: "postgres",
                settings: { synchronous_standby_names: "*", synchronous_commit: "local" },
            },
        },
        "a server of CloudNativePG without replicas, which needs no hints in its log": {
            database: {
                kind: "cloudnativepg",
                instances: 1,
                settings: { wal_log_hints: "off", max_wal_senders: "0" },
            },
        },
        "the log on a claim that exists, whose size is not known": {
            database: { kind: "postgres", volume: { existingClaim: "mine" }, settings: { max_wal_size: "50GB" } },
        },
    });
});

describe("names that a database server reserves", () => {
    accepts({ "a user of MySQL with 32 characters": { database: { kind: "mysql", user: "u".repeat(32) } } });
});
describe("parts of a database's address in Secrets", () => {
    const part = { name: "db", key: "k" };
    accepts({ "a user and a password": { database: { ...external, userSecret: part, passwordSecret: part } } });
});
