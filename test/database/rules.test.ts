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
        "a URL with a socket": {
            database: { kind: "external", engine: "mysql" },
            databaseUrl: "mysql+pymysql://k:p@localhost/keep?unix_socket=/run/mysqld.sock&charset=utf8mb4",
        },
        "a URL of another driver, which has its own parameters": {
            database: { kind: "external", engine: "mysql" },
            databaseUrl: "mysql+mysqlconnector://k:p@db/keep?ssl_disabled=false",
        },
        "parameters of a server": { database: { kind: "postgres", settings: { "pg_stat_statements.max": 500 } } },
        "options of MySQL, of its plugins, and of 8.4 alone": {
            database: {
                kind: "mysql",
                settings: {
                    innodb_buffer_pool_size: "1GB",
                    innodb_log_file_size: "512M",
                    innodb_flush_log_at_trx_commit: 2,
                    slow_query_log: true,
                    read_only: "OFF",
                    long_query_time: 0.5,
                    max_connections: 300,
                    default_time_zone: "+00:00",
                    log_bin: "binlog",
                    character_set_server: "utf8mb4",
                    "validate_password.policy": "STRONG",
                    sql_mode: "STRICT_TRANS_TABLES",
                    log_bin_trust_function_creators: "on",
                },
            },
        },
        "words, sets and flags of MySQL": {
            database: {
                kind: "mysql",
                settings: {
                    sql_mode: "STRICT_TRANS_TABLES,no_zero_date,ANSI_Q",
                    collation_server: "utf8mb4_unicode_ci",
                    binlog_format: "row",
                    transaction_isolation: "READ-COMMITTED",
                    log_output: "FILE,TABLE",
                    optimizer_switch: "index_merge=off,MRR=DEFAULT",
                    innodb_flush_method: "O_DIRECT",
                    innodb_doublewrite: true,
                    concurrent_insert: 1,
                    event_scheduler: "OFF",
                    gtid_mode: "ON",
                    enforce_gtid_consistency: "ON",
                    default_storage_engine: "InnoDB",
                    disabled_storage_engines: "MyISAM,BLACKHOLE",
                    max_allowed_packet: "64M",
                    max_user_connections: 0,
                    innodb_force_recovery: 0,
                    innodb_redo_log_capacity: "4G",
                    innodb_page_size: "32K",
                    tls_version: "TLSv1.2,TLSv1.3",
                    long_query_time: ".5",
                    transaction_read_only: "OFF",
                    lower_case_table_names: 1,
                    lc_messages: "de_DE",
                },
            },
        },
        "no mode of MySQL, and another character set with its collation": {
            database: {
                kind: "mysql",
                settings: { sql_mode: "", character_set_server: "utf32", collation_server: "utf32_bin" },
            },
        },
        "GTIDs of MySQL 9, whose consistency is its default": {
            images: { mysql: "docker.io/library/mysql:9.7.4" },
            database: { kind: "mysql", settings: { gtid_mode: "ON" } },
        },
        "the least memory of MySQL": {
            database: { kind: "mysql", resources: { limits: { memory: "512Mi" } } },
        },
        "the least memory of MySQL without its performance schema": {
            database: {
                kind: "mysql",
                resources: { limits: { memory: "256Mi" } },
                settings: { performance_schema: false },
            },
        },
        "the least memory of SQL Server": {
            database: { kind: "sqlserver", acceptEula: true, resources: { limits: { memory: "2Gi" } } },
            backend: { image: "registry.example.com/keep-api:mssql" },
        },
        "any option of another MySQL": {
            images: { mysql: "registry.example.com/mysql:10.0.1" },
            database: { kind: "mysql", settings: { foo: "1" } },
        },
        "parameters of MySQL that begin like a prefix, or like one of the program": {
            database: {
                kind: "mysql",
                settings: {
                    skip_name_resolve: "ON",
                    disabled_storage_engines: "MyISAM",
                    port_open_timeout: "5",
                    init_connect: "",
                },
            },
        },
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
        "none but replicas, for a bulk load": {
            database: { kind: "postgres", settings: { wal_level: "minimal", max_wal_senders: 0 } },
        },
        "those of another version, with its image": {
            database: { kind: "postgres", settings: { io_method: "io_uring", ssl: "on" } },
            images: { postgres: "docker.io/library/postgres:18.1" },
        },
        "a server of CloudNativePG without replicas, which needs no hints in its log": {
            database: { kind: "cloudnativepg", instances: 1, settings: { wal_log_hints: "off" } },
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
