import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import type { Engine } from "./engine";
import { engines } from "./engines";
import { type CloudNativePgConfig, type DatabaseConfig, isServer, type ServerConfig } from "./settings";

/**
 * Conditions on the parameters of a database server in the cluster: valid names and values, and none that the program
 * sets.
 */
export const parameterRules: readonly Rule<{ readonly database: DatabaseConfig }>[] = [
    ({ database }) => (isServer(database) ? serverIssues(database) : []),
    ({ database }) => (database.kind === "cloudnativepg" ? operatorIssues(database) : []),
];

function serverIssues({ kind, settings }: ServerConfig): Issue[] {
    const { presets, server, title }: Engine = engines[kind];
    const { decidedSettings, prefixes = [] } = server;
    if (decidedSettings === "all") {
        return Object.keys(settings).length === 0
            ? []
            : [issue("database.settings", `is set, but ${title} has no parameters at its start. Remove it`)];
    }
    const preset = Object.values(presets).flatMap((each) => Object.keys(each.settings ?? {}));
    const known = [...decidedSettings, ...preset, ...Object.keys(server.settings)];
    return Object.entries(settings).flatMap(([name, value]) => {
        const issues = parameterIssues(
            name,
            (plain) => meantParameter(plain, known, prefixes),
            { test: (meant) => decidedSettings.includes(meant) },
            "the program",
        );
        const reason = valueProblem(value);
        return issues.length > 0 || reason === undefined ? issues : [issue(at(name), reason, { value })];
    });
}

function valueProblem(value: string): string | undefined {
    // Kubernetes expands $(NAME) in arguments.
    if (/\$\(|\p{Cc}/u.test(value)) {
        return "contains $( or a control character. Write the value itself";
    }
    return /(^|[\s;,=:'"])\.{0,2}\/|(^|[\s;,=:/'"])\.\.($|[\s;,:/'"])/.test(value)
        ? "is a path outside the data directory, which is lost with the pod. Remove it"
        : undefined;
}

/**
 * Parameters that the operator's webhook rejects (CloudNativePG, pkg/postgres/configuration.go,
 * FixedConfigurationParameters).
 */
const OF_THE_OPERATOR = new RegExp(
    `^(${[
        "allow_system_table_mods|archive_(cleanup_command|command|mode)|bonjour(_name)?|cluster_name|config_file",
        "data_(directory|sync_retry)|event_source|external_pid_file|hba_file|hot_standby|ident_file|jit_provider|listen_addresses",
        "log_(destination|directory|file_mode|filename|rotation_age|rotation_size|truncate_on_rotation)|logging_collector",
        "pg_failover_slots\\.primary_dsn|port|primary_(conninfo|slot_name)|promote_trigger_file",
        "recovery_(end_command|min_apply_delay|target.*)|restart_after_crash|restore_command|shared_preload_libraries",
        "ssl(_(ca|cert|crl|dh_params|key)_file|_ecdh_curve|_passphrase_command.*|_prefer_server_ciphers)?",
        "stats_temp_directory|synchronous_standby_names",
        "syslog_(facility|ident|sequence_numbers|split_messages)|temp_tablespaces|unix_socket_(directories|group|permissions)",
    ].join("|")})$`,
);

function operatorIssues({ settings }: CloudNativePgConfig): Issue[] {
    return Object.entries(settings).flatMap(([name, value]) => [
        ...parameterIssues(name, (plain) => plain, OF_THE_OPERATOR, "CloudNativePG"),
        ...(/\p{Cc}/u.test(value)
            ? [issue(at(name), "contains a control character. Write the value itself", { value })]
            : []),
    ]);
}

/**
 * The parameter that a server sets for a name: without prefixes, and with an abbreviated name completed.
 */
function meantParameter(plain: string, known: readonly string[], prefixes: readonly string[]): string {
    if (known.includes(plain) || prefixes.length === 0) {
        return plain;
    }
    const words = plain.split("_");
    const first = words.findIndex((word) => !prefixes.includes(word));
    const length = first < 0 ? words.length : first;
    const forms = Array.from({ length: length + 1 }, (_, index) => words.slice(index).join("_"));
    const meant = forms.map((form) => known.find((name) => name.startsWith(form))).find((name) => name !== undefined);
    // skip_name_resolve is a parameter, and not name_resolve with a prefix.
    return meant ?? (words[0] === "skip" ? plain : (forms.at(-1) ?? plain));
}

function parameterIssues(
    name: string,
    meant: (plain: string) => string,
    decided: { readonly test: (name: string) => boolean },
    owner: string,
): Issue[] {
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) {
        return [issue(at(name), "is not the name of a parameter. Use letters, digits, underscores, dashes and dots")];
    }
    // Servers read dashes as underscores.
    const parameter = meant(name.toLowerCase().replaceAll("-", "_"));
    if (decided.test(parameter)) {
        return [issue(at(name), `is set by ${owner}. Remove it`)];
    }
    // Another spelling would be set in addition to the default of keep:size, and the check of connections would ignore
    // it.
    return name === parameter
        ? []
        : [
              issue(
                  at(name),
                  "is another spelling of a parameter. Write its complete name in lower case with underscores, without a prefix",
              ),
          ];
}

function at(name: string): string[] {
    return ["database", "settings", name];
}
