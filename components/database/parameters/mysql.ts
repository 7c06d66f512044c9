import { readFileSync } from "node:fs";
import { join } from "node:path";

import { tagOf } from "../../fields/images";
import { issue, type Issue } from "../../fields/issue";
import type { Resources } from "../../kubernetes/pod";
import { hasLater } from "../../tokens";
import type { ParameterChecks, ServerParameters } from "../engine";
import type { ServerSettings } from "../fields";
import { bytesOf, togetherIssues, unusableFault } from "./mysqlUnusable";
import { type Option, valueFault } from "./mysqlValues";
import { fixOf, settingPath } from "./names";
import { limitIssue } from "./server";
import { rowsOf } from "./table";

/** The options of mysqld by name. */
type Options = ReadonlyMap<string, Option>;

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

/**
 * The first minor version of 9 that has an option of mysql9.tsv, or does not have one of REMOVED
 * (https://dev.mysql.com/doc/mysqld-version-reference/en/, "Option and Variable Changes"). Without an entry, an option of the former is taken to be in
 * all versions, and one of the latter in all before 9.7.
 */
const CHANGED_IN: Readonly<Record<string, number>> = {
    activate_mandatory_roles: 5,
    caching_sha2_password_enforce_storage_format: 7,
    caching_sha2_password_storage_format: 7,
    enable_cascade_triggers: 7,
    enable_secondary_engine_statistics: 3,
    mysql_native_password: 0,
    mysql_native_password_proxy_users: 0,
    replica_allow_higher_version_source: 7,
    server_memory: 4,
};

/** Other names of log_bin, which turn it off. */
const NO_LOG = ["disable_log_bin", "skip_log_bin"];

/**
 * Options that mysqld knows only with a plugin, or, with a dot, a component: a server that has not loaded it does not start. The image first
 * runs mysqld with --help (template/docker-entrypoint.sh of docker-library/mysql, mysql_check_config), which loads nothing that SQL
 * has installed. The other names with a dot are those of key caches (mysys/my_getopt.cc, is_key_cache_variable_suffix).
 */
const LOADED =
    /^(?!.*\.key_(buffer|cache)_).*\.|^(audit_log|authentication|clone|component|connection_control|daemon_memcached|group_replication|keyring|ndb|rpl_semi_sync|thread_pool|validate_password)_/;

/** Beginnings of options of the plugins that are part of mysqld. */
const BUILT_IN = /^(skip_)?mysqlx(_|$)/;

/** Conditions on the options of the MySQL in an image. Those of 8.4 and 9 are known. */
export function mysqlChecks(image: string): ParameterChecks {
    const tag = tagOf(image) ?? "";
    if (!/^(8\.4|9)(\D|$)/.test(tag)) {
        return { cache: bufferPoolIssue };
    }
    const options = mysqlOptions(minorOf(tag));
    return {
        fault: (name, value) =>
            !options.has(name) && (REMOVED.includes(name) || Object.hasOwn(CHANGED_IN, name))
                ? `is not an option of MySQL ${tag}, so the server would not start. Remove it`
                : optionFault(options, name, value),
        together: (config) => [...togetherIssues(config, image), ...unloadedIssues(options, config)],
        cache: bufferPoolIssue,
    };
}

/** The minor version of a tag of 9: infinite if it has none, and negative for 8.4. */
function minorOf(tag: string): number {
    const [, minor] = /^9\.(\d+)/.exec(tag) ?? [];
    return tag.startsWith("8") ? -1 : Number(minor ?? Infinity);
}

/** The options of a minor version of 9. */
function mysqlOptions(minor: number): Options {
    const removed = [...REMOVED.filter((name) => minor < (CHANGED_IN[name] ?? 7)), ...NO_LOG].map((name) => [name]);
    const known = rowsOf(readFileSync(join(__dirname, "mysql9.tsv"), "utf8")).filter(
        ([name = ""]) => minor >= (CHANGED_IN[name] ?? -1),
    );
    return new Map(
        [...removed, ...known].map(([name = "", type = "", words = ""]) => [name, { type, words: words.split(",") }]),
    );
}

/** Why mysqld does not start with an option, or Keep cannot work with it; undefined if both do. */
function optionFault(options: Options, name: string, value: string): string | undefined {
    const option = options.get(name);
    if (option === undefined) {
        const page = "https://dev.mysql.com/doc/refman/8.4/en/server-option-variable-reference.html";
        const fix = fixOf(name, [...options.keys()], page);
        const isKnown = BUILT_IN.test(name) || name.includes(".") || LOADED.test(name.replace(/^loose[-_]/, ""));
        return isKnown ? undefined : `is not an option of mysqld. ${fix}`;
    }
    // The rules of keep:size read max_connections.
    return hasLater(value) || name === "max_connections"
        ? undefined
        : (valueFault(option, name, value) ?? unusableFault(name, value));
}

/** Settings that load plugins. */
const LOADERS = ["early_plugin_load", "plugin_load", "plugin_load_add"];

/** Issues of options of plugins and components that mysqld has not loaded when it reads them. */
function unloadedIssues(options: Options, { settings }: ServerSettings): Issue[] {
    const loads = LOADERS.some((name) => (settings[name] ?? "") !== "");
    return Object.entries(settings)
        .filter(([name]) => LOADED.test(name) && !options.has(name) && !/^loose[-_]/.test(name))
        .filter(([name]) => name.includes(".") || !loads)
        .map(([name, value]) => {
            const [what, load] = name.includes(".")
                ? ["component", ""]
                : ["plugin", ", or load it with plugin_load_add"];
            const message = `belongs to a ${what} that mysqld loads only later, so the server would not start. Write loose_${name}, which takes effect when SQL has installed the ${what}${load}`;
            return issue(settingPath(name), message, { value });
        });
}

/** The issue of a buffer pool that does not fit into the limit of the container. */
function bufferPoolIssue(settings: ServerParameters, resources: Resources): Issue | false {
    const name = "innodb_buffer_pool_size";
    const value = settings[name] ?? "128M";
    return !hasLater(value) && limitIssue(name, value, bytesOf(value), resources, "half");
}
