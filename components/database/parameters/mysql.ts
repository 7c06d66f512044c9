import { readFileSync } from "node:fs";
import { join } from "node:path";

import { tagOf } from "../../fields/images";
import type { Issue } from "../../fields/issue";
import { amountOf } from "../../fields/quantity";
import type { Resources } from "../../kubernetes/pod";
import { hasLater } from "../../tokens";
import type { ServerParameters } from "../engine";
import { fixOf } from "./names";
import { limitIssue } from "./server";
import { rowsOf } from "./table";

/** Types of the options of mysqld by name; empty for one that is neither Boolean nor a number. */
export type Options = ReadonlyMap<string, string>;

/** Options of 8.4 that 9.7 has no more (https://dev.mysql.com/doc/refman/8.4/en/added-deprecated-removed.html). */
const REMOVED = [
    "avoid_temporal_upgrade",
    "binlog_transaction_dependency_tracking",
    "innodb_log_file_size",
    "innodb_log_files_in_group",
    "innodb_undo_tablespaces",
    "log_statements_unsafe_for_binlog",
    "mysql_native_password",
    "mysql_native_password_proxy_users",
    "old",
    "old_alter_table",
    "profiling_history_size",
    "replica_parallel_type",
    "show_old_temporals",
    "sync_relay_log_info",
    "temptable_use_mmap",
    "transaction_write_set_extraction",
];

/** Beginnings of options of plugins and components, which a server knows only with the plugin, and of replicas. */
const OTHERS =
    /\.|^(audit_log|authentication|caching_sha2|clone|component|connection_control|daemon_memcached|group_replication|innodb_api|keyring|mysqlx|ndb|replica|rpl|sha256|slave|thread_pool|validate_password)_/;

/** Options with which Keep's user cannot connect without TLS, or not write. */
const UNUSABLE = ["offline_mode", "read_only", "require_secure_transport", "super_read_only"];

const WORDS = /^(on|off|true|false|0|1)$/i;

/**
 * The options of the MySQL in an image.
 * @returns undefined if the tag of the image is not one of MySQL 8.4 or 9
 */
export function optionsOf(image: string): Options | undefined {
    return /^(8\.4|9)(\D|$)/.test(tagOf(image) ?? "") ? mysqlOptions() : undefined;
}

function mysqlOptions(): Options {
    const known = rowsOf(readFileSync(join(__dirname, "mysql9.tsv"), "utf8"));
    return new Map([...REMOVED.map((name) => [name]), ...known].map(([name = "", type = ""]) => [name, type]));
}

/**
 * Why mysqld does not start with an option, or replaces its value by another; undefined if it uses it. It reads a number
 * without digits as 0, and another Boolean as OFF.
 */
export function optionFault(options: Options, name: string, value: string): string | undefined {
    const type = options.get(name);
    if (type === undefined) {
        const page = "https://dev.mysql.com/doc/refman/8.4/en/server-option-variable-reference.html";
        const fix = fixOf(name, [...options.keys()], page);
        return OTHERS.test(name) ? undefined : `is not an option of mysqld. ${fix}`;
    }
    // The rules of keep:size read max_connections.
    if (hasLater(value) || name === "max_connections") {
        return undefined;
    }
    if (type === "bool" && !WORDS.test(value)) {
        return "is not a boolean. Use ON or OFF";
    }
    if (UNUSABLE.includes(name) && /^(on|true|1)$/i.test(value)) {
        return "keeps Keep from connecting or writing. Remove it";
    }
    return type === "integer" && !/^-?\d+([KMGTPE]B?)?$/i.test(value)
        ? "is not a whole number. Write it like 100, or a size like 512M"
        : undefined;
}

/** The issue of a buffer pool that does not fit into the limit of the container. */
export function bufferPoolIssue(settings: ServerParameters, resources: Resources): Issue | false {
    const name = "innodb_buffer_pool_size";
    const value = settings[name] ?? "128M";
    const size = value.replace(/([KMGTPE])B?$/i, (_, unit: string) => `${unit.toUpperCase()}i`);
    return !hasLater(value) && limitIssue(name, value, amountOf(size), resources, "half");
}
