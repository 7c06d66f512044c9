import { issue, type Issue } from "../../fields/issue";
import type { Resources } from "../../kubernetes/pod";
import { hasLater } from "../../tokens";
import type { ServerParameters } from "../engine";
import type { CloudNativePgConfig } from "../settings";
import { nameIssue, settingPath } from "./names";
import { bytesOf, isOn, type Parameters, parametersOf } from "./postgres";
import { faultOf } from "./postgresUnusable";
import { limitOf, memoryIssue, walIssues } from "./server";

/**
 * Parameters that the operator's webhook rejects (CloudNativePG 1.28, pkg/postgres/configuration.go,
 * FixedConfigurationParameters), and allow_alter_system, which it overwrites.
 */
const OF_THE_OPERATOR = new RegExp(
    `^(${[
        "allow_(alter_system|system_table_mods)|archive_(cleanup_command|command|mode)|bonjour(_name)?|cluster_name|config_file",
        "data_(directory|sync_retry)|event_source|external_pid_file|hba_file|hot_standby|ident_file|jit_provider|listen_addresses",
        "log_(destination|directory|file_mode|filename|rotation_age|rotation_size|truncate_on_rotation)|logging_collector",
        "pg_failover_slots\\.(primary_dsn|standby_slot_names)|port|primary_(conninfo|slot_name)|promote_trigger_file",
        "recovery_(end_command|min_apply_delay|target.*)|restart_after_crash|restore_command|shared_preload_libraries",
        "ssl(_(ca|cert|crl|dh_params|key)_file|_ecdh_curve|_passphrase_command.*|_prefer_server_ciphers)?",
        "stats_temp_directory|synchronized_standby_slots|synchronous_standby_names",
        "syslog_(facility|ident|sequence_numbers|split_messages)|temp_tablespaces|unix_socket_(directories|group|permissions)",
    ].join("|")})$`,
);

/** Issues of the parameters of a Cluster: those that its webhook rejects, and those that PostgreSQL rejects. */
export function operatorIssues(config: CloudNativePgConfig, image: string): Issue[] {
    const { settings } = config;
    const parameters = parametersOf(image);
    return [
        ...Object.entries(settings).flatMap(([name, value]) => {
            const found = nameIssue(
                name,
                (plain) => plain,
                (parameter) => OF_THE_OPERATOR.test(parameter),
                "CloudNativePG",
            );
            if (found !== undefined) {
                return [found];
            }
            const reason = /\p{Cc}/u.test(value)
                ? "contains a control character. Write the value itself"
                : parameters && faultOf(parameters, name, value);
            return reason === undefined ? [] : [issue(settingPath(name), reason, { value })];
        }),
        ...(hasLater(settings) || parameters === undefined ? [] : webhookIssues(config, parameters)),
    ];
}

/** Conditions of the webhook (internal/webhook/v1/cluster_webhook.go, validateConfiguration and validateResources). */
function webhookIssues(
    { instances, resources, settings, volume }: CloudNativePgConfig,
    parameters: Parameters,
): Issue[] {
    const bytes = (name: string, otherwise: string) => bytesOf(parameters, name, settings[name] ?? otherwise);
    const { wal_level: level = "logical", wal_log_hints: hints = "on" } = settings;
    const found = [
        // Unlike the server, the webhook distinguishes case.
        /^(minimal|replica|logical)$/i.test(level) &&
            !["replica", "logical"].includes(level) &&
            issue(settingPath("wal_level"), "is not a level that CloudNativePG accepts. Use replica or logical", {
                value: level,
            }),
        ...["shared_buffers", "min_wal_size", "max_wal_size"].map((name) => {
            const value = settings[name] ?? "1GB";
            return (
                bytes(name, value) !== undefined &&
                !/^\d*\.?\d+ *([kMGT]?B)?$/.test(value) &&
                issue(
                    settingPath(name),
                    "is not a number that CloudNativePG reads. Write digits and a unit, such as 1GB",
                    {
                        value,
                    },
                )
            );
        }),
        instances > 1 &&
            isOn(hints) === false &&
            issue(
                settingPath("wal_log_hints"),
                "is off, but a server that was the primary needs it to become a replica. Remove it, or set keep:database.instances to 1",
                { value: hints },
            ),
        // Each replica has a connection and a slot of the primary (pkg/management/postgres/join.go).
        ...["max_wal_senders", "max_replication_slots"].map((name) => {
            const { [name]: value = String(instances) } = settings;
            return (
                instances > 1 &&
                /^\d+$/.test(value) &&
                Number(value) < instances &&
                issue(
                    settingPath(name),
                    `is less than the ${instances} instances, so replicas cannot connect. Remove it, or set it to ${instances} or more`,
                    { value },
                )
            );
        }),
        (bytes("min_wal_size", "80MB") ?? 0) >= (bytes("max_wal_size", "1GB") ?? Number.NaN) &&
            issue(
                settingPath(settings.min_wal_size === undefined ? "max_wal_size" : "min_wal_size"),
                "leaves min_wal_size (default 80MB) at max_wal_size (default 1GB) or above it, which CloudNativePG rejects. Change one of them",
                { value: settings.min_wal_size ?? settings.max_wal_size },
            ),
        Object.keys(settings).some((name) => name.startsWith("pg_failover_slots.")) &&
            isOn(settings.hot_standby_feedback ?? "off") !== true &&
            issue(
                settingPath("hot_standby_feedback"),
                "is not on, which pg_failover_slots requires. Set it to on, or remove the parameters of pg_failover_slots",
            ),
        buffersIssue(parameters, settings, resources),
        ...walIssues(parameters, settings, volume.size),
    ];
    return found.filter((one) => one !== false);
}

function buffersIssue(
    parameters: Parameters,
    settings: ServerParameters,
    resources: Resources | undefined,
): Issue | false {
    const { shared_buffers: value = "128MB" } = settings;
    const requested = resources?.requests?.memory;
    const path = settingPath("shared_buffers");
    if (/^\s*\d+\s*$/.test(value)) {
        const reason = "has no unit, and CloudNativePG counts megabytes where PostgreSQL counts 8kB";
        return issue(path, `${reason}. Add a unit, such as 256MB`, { value });
    }
    return (bytesOf(parameters, "shared_buffers", value) ?? 0) > limitOf(requested)
        ? issue(
              path,
              `is more than the requested memory, which is ${requested ?? "none"}. ` +
                  "Lower it, or raise keep:database.resources.requests.memory",
              { value },
          )
        : memoryIssue(parameters, settings, resources);
}
