import { accepts } from "../support/refusals";

describe("options and memory of MySQL and SQL Server", () => {
    accepts({
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
                    "loose_validate_password.policy": "STRONG",
                    "alerts.key_buffer_size": "16M",
                    loose_group_replication_start_on_boot: "OFF",
                    sql_mode: "STRICT_TRANS_TABLES",
                    log_bin_trust_function_creators: "on",
                    password_history: 5,
                    password_reuse_interval: 365,
                    max_prepared_stmt_count: 1000,
                },
            },
        },
        "options of a plugin of MySQL that the settings load": {
            database: {
                kind: "mysql",
                settings: {
                    plugin_load_add: "semisync_source=semisync_source.so",
                    rpl_semi_sync_source_enabled: "OFF",
                    rpl_read_size: 8192,
                },
            },
        },
        "the other name that turns the log of MySQL off": {
            database: { kind: "mysql", settings: { disable_log_bin: "ON" } },
        },
        "words, sets and flags of MySQL": {
            database: {
                kind: "mysql",
                settings: {
                    skip_log_bin: 1,
                    mysqlx: "OFF",
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
                    tmpdir: "/tmp",
                    innodb_tmpdir: "/tmp/",
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
        "the old plugin for passwords, which is on in this MySQL 8.4": {
            database: {
                kind: "mysql",
                settings: { authentication_policy: "mysql_native_password", mysql_native_password: "ON" },
            },
        },
        "options that are in 9.4, and in 8.4 or in 9.7": {
            images: { mysql: "docker.io/library/mysql:9.4.0" },
            database: { kind: "mysql", settings: { innodb_log_file_size: "512M", server_memory: "4G" } },
        },
        "an option of the newest MySQL 9": {
            images: { mysql: "docker.io/library/mysql:9-oracle" },
            database: { kind: "mysql", settings: { replica_allow_higher_version_source: "ON" } },
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
