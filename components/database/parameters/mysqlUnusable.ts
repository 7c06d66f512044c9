import { tagOf } from "../../fields/images";
import { issue, type Issue } from "../../fields/issue";
import { amountOf } from "../../fields/quantity";
import type { ServerSettings } from "../fields";
import { byName, type Check, settingPath } from "./names";
import { limitOf } from "./server";

const isOn = (value: string): boolean => /^(on|true|1)$/i.test(value);

const NO_WRITES = "keeps Keep from connecting or writing. Remove it";

/** Character sets with which a column stores every character of Unicode. */
const UNICODE = /^(gb18030|utf16|utf16le|utf32|utf8mb4)$/i;

/** MySQL's number of bytes; NaN for anything else. */
export function bytesOf(size: string): number {
    return amountOf(size.replace(/([KMGTPE])B?$/i, (_, unit: string) => `${unit.toUpperCase()}i`));
}

/** Reasons by option. */
const FAULTS: Readonly<Record<string, Check>> = {
    ...sameFor(
        [
            "innodb_read_only",
            "offline_mode",
            "read_only",
            "require_secure_transport",
            "super_read_only",
            "transaction_read_only",
        ],
        (value) => isOn(value) && NO_WRITES,
    ),
    ...sameFor(
        ["binlog_encryption", "default_table_encryption", "innodb_redo_log_encrypt", "innodb_undo_log_encrypt"],
        (value) => isOn(value) && "needs a keyring, which this server does not have. Remove it",
    ),
    // Of absolute paths, only those of volumes are left (parameterRules.ts).
    ...sameFor(
        ["innodb_log_group_home_dir", "innodb_temp_tablespaces_dir", "innodb_undo_directory", "tmpdir"],
        (value) => !/^(\.?|\/.*)$/.test(value) && "is not a directory that exists when the server starts. Remove it",
    ),
    ...sameFor(
        ["ansi", "core_file", "skip_new", "skip_stack_trace"],
        () => "takes no value, but the program writes one. Remove it",
    ),
    character_set_server: (value) =>
        !UNICODE.test(value) &&
        "is not a character set that stores every character of an alert. Use utf8mb4, or remove it",
    completion_type: (value) => /^(r.*|2)$/i.test(value) && "closes the connection after each change. Remove it",
    // https://dev.mysql.com/doc/refman/8.4/en/password-management.html#password-expiration-policy
    default_password_lifetime: (value) =>
        !/^0+$/.test(value) &&
        "lets the password of Keep's user expire, and Keep can then not connect. Set it to 0, or remove it",
    default_storage_engine: (value) =>
        !/^innodb$/i.test(value) && "is not InnoDB, which the tables of Keep require. Remove it",
    // The image loads the names of zones after mysqld has read this option for the first time.
    default_time_zone: (value) =>
        !/^(system|[+-](0?\d|1[0-3]):[0-5]\d|\+14:00)$/i.test(value) &&
        "is not an offset, and MySQL knows no names of zones when it starts first. Use an offset, such as +00:00",
    disabled_storage_engines: (value) =>
        /(^|,)\s*innodb\s*(,|$)/i.test(value) && "disables InnoDB, which the tables of Keep require. Remove InnoDB",
    innodb_dedicated_server: (value) =>
        isOn(value) &&
        "takes the memory of the node, and not that of the container. Remove it, and set innodb_buffer_pool_size",
    // An index of 255 characters needs more than the 767 bytes of the other formats.
    innodb_default_row_format: (value) =>
        !/^(d.*|2)$/i.test(value) && "is too small for the indexes of Keep. Remove it",
    innodb_force_recovery: (value) => !/^-?0+$/.test(value) && NO_WRITES,
    // Keys of Keep's tables have up to 2044 bytes, such as that of lastalert; a page of 8K has room for 1536
    // (https://dev.mysql.com/doc/refman/8.4/en/innodb-limits.html).
    innodb_page_size: (value) =>
        !["16K", "32K", "64K"].some((size) => bytesOf(size) === bytesOf(value)) &&
        "is not a size that MySQL and the indexes of Keep accept. Use 16K, 32K or 64K",
    // sql/mysqld.cc: the value is the name of a file, and only a prefix turns the log off.
    log_bin: (value) =>
        /^(off|false|no|0)$/i.test(value) &&
        "is the name of a file, so the log would stay on. To turn it off, set keep:database.settings.skip_log_bin to ON instead",
    max_allowed_packet: (value) => bytesOf(value) < bytesOf("16M") && "is too small for large alerts. Use 16M or more",
    max_execution_time: (value) =>
        Number(value) > 0 &&
        Number(value) < 1000 &&
        `counts milliseconds, in which Keep cannot read its tables. Write ${value}000`,
    // components/database/password/mysql.sh
    max_prepared_stmt_count: (value) =>
        !(bytesOf(value) > 0) &&
        "disables prepared statements, with which the server sets its password at each start. Use 1 or more, or remove it",
    protocol_compression_algorithms: (value) =>
        !/uncompressed/i.test(value) && "does not contain uncompressed, with which Keep connects. Add it",
    secure_file_priv: (value) =>
        !/^(null)?$/i.test(value) && "is not a directory of the image. Set it to NULL, or remove it",
    // keep/api/models/db/migrations/versions/2024-10-14-08-34_83c1020be97d.py replaces the primary key of alerttoincident in two statements;
    // sql/sql_gipk.cc of mysql/mysql-server.
    ...sameFor(
        ["sql_generate_invisible_primary_key", "sql_require_primary_key"],
        (value) =>
            isOn(value) && "rejects a migration of Keep, which removes a primary key before it adds another. Remove it",
    ),
    tc_heuristic_recover: (value) => !/^(of.*|0)$/i.test(value) && "ends mysqld after a recovery. Remove it",
    thread_handling: (value) => !/^(o.*|0)$/i.test(value) && "accepts only one connection. Remove it",
};

function sameFor(names: readonly string[], check: Check): Readonly<Record<string, Check>> {
    return Object.fromEntries(names.map((name) => [name, check]));
}

/** Why Keep or mysqld cannot work with a valid value of an option; undefined if they can. */
export const unusableFault = byName(FAULTS);

/** Issues of options of MySQL that are valid one by one, but not together or not on the volume. */
export function togetherIssues({ settings, volume }: ServerSettings, image: string): (Issue | false)[] {
    const size = volume.existingClaim === undefined ? volume.size : undefined;
    // 9.7 changes these defaults.
    const gtidsByDefault = tagOf(image)?.startsWith("8") === true ? "OFF" : "ON";
    const {
        binlog_format: format = "ROW",
        character_set_server: set = "utf8mb4",
        collation_server: collation,
        gtid_mode: gtids = gtidsByDefault,
        enforce_gtid_consistency: consistency = gtidsByDefault,
        innodb_redo_log_capacity: redo,
        transaction_isolation: isolation = "",
        authentication_policy: policy = "",
        mysql_native_password: native = "OFF",
    } = settings;
    return [
        // https://dev.mysql.com/doc/refman/8.4/en/native-pluggable-authentication.html
        /mysql_native_password/i.test(policy) &&
            /^(off|false|0)$/i.test(native) &&
            issue(
                settingPath("authentication_policy"),
                tagOf(image)?.startsWith("8") === true
                    ? "names a plugin that is off in MySQL 8.4, so the server would not start. Set keep:database.settings.mysql_native_password to ON, or remove it"
                    : "names a plugin that MySQL 9 does not have, so the server would not start. Remove it",
                { value: policy },
            ),
        collation !== undefined &&
            UNICODE.test(set) &&
            collation.toLowerCase().split("_")[0] !== set.toLowerCase() &&
            issue(
                settingPath("collation_server"),
                `is not a collation of the character set ${set}, so mysqld does not start. Use one that begins with ${set}_`,
                { value: collation },
            ),
        // sql/binlog.cc, decide_logging_format: error 1665 for every change.
        /^(s.*|1)$/i.test(format) &&
            /^(read-.*|0|1)$/i.test(isolation) &&
            issue(
                settingPath("binlog_format"),
                "cannot log changes with this transaction_isolation. Remove one of them",
                {
                    value: format,
                },
            ),
        /^(on|3)$/i.test(gtids) &&
            !/^(on|1)$/i.test(consistency) &&
            issue(
                settingPath(settings.gtid_mode === undefined ? "enforce_gtid_consistency" : "gtid_mode"),
                "is not possible: gtid_mode ON requires enforce_gtid_consistency ON. Set both to ON, or both to OFF",
                { value: settings.gtid_mode ?? consistency },
            ),
        redo !== undefined &&
            bytesOf(redo) >= limitOf(size) &&
            issue(settingPath("innodb_redo_log_capacity"), `does not fit into the volume of ${size ?? ""}. Use less`, {
                value: redo,
            }),
    ];
}
