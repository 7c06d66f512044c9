import type { Certificates } from "../airGapped/settings";
import { hasOwnTrust } from "../airGapped/ownTrust";
import { managedHostFault } from "../fields/managedHost";
import type { RedisConfig } from "../redis/settings";
import type { BackendConfig } from "../tiers/backend";
import { type DatabaseConfig, engineOf, type ExternalDatabaseConfig, hasParts, isServer } from "./settings";
import { engines } from "./engines";
import { isPlainInPymysql, MANAGED_DATABASES } from "./managedHosts";
import { authorityFault, authorityFix } from "./authorities";
import { parametersOfUrl, placeOf } from "./givenUrl";
import type { Rule } from "../fields/rule";
import { issue, type Issue } from "../fields/issue";

interface Settings {
    readonly backend: BackendConfig;
    readonly database: DatabaseConfig;
    readonly extraCa?: Certificates | undefined;
    readonly redis: RedisConfig;
}

/**
 * Conditions on the database: the limits of SQLite and of Keep's published image, and one address for an external
 * server.
 */
export const databaseRules: readonly Rule<Settings, "databasePassword" | "databaseUrl">[] = [
    ({ database, backend, redis }) =>
        database.kind !== "sqlite" || !backend.enabled
            ? []
            : [
                  backend.autoscaling !== undefined &&
                      issue(
                          "backend.autoscaling",
                          "cannot be used with SQLite, which supports one pod. Remove it, or choose another keep:database.kind",
                      ),
                  backend.autoscaling === undefined &&
                      backend.replicas > 1 &&
                      issue(
                          "backend.replicas",
                          "is more than the one pod that SQLite supports. Set it to 1, or choose another keep:database.kind",
                          { value: backend.replicas },
                      ),
                  redis.kind !== "none" &&
                      issue(
                          "redis.kind",
                          "adds workers, which cannot share SQLite's file. Set it to none, or choose another keep:database.kind",
                          { value: redis.kind },
                      ),
              ],
    ({ database, backend }) => [
        engineOf(database)?.kind === "sqlserver" &&
            backend.image === undefined &&
            issue(
                database.kind === "external" ? "database.engine" : "database.kind",
                "cannot be used with Keep's published image: it has no SQL Server driver, and Keep 0.54.2 rejects the dialect. " +
                    "Choose postgres or mysql, or set keep:backend.image to a build that supports it",
                { value: "sqlserver" },
            ),
    ],
    ({ database }, has) => [
        database.kind === "external" &&
            !hasParts(database) &&
            (has("databaseUrl") || database.urlSecret !== undefined) &&
            has("databasePassword") &&
            issue("databasePassword", `${UNUSED}. Write the password into the URL, or use keep:database.host`),
        (database.kind === "external" || isServer(database)) &&
            has("databasePassword") &&
            database.passwordSecret !== undefined &&
            issue("database.passwordSecret", "is set, and so is keep:databasePassword. Keep one of them"),
    ],
    ({ database }) => [hostIssue(database)],
    (settings) => [authorityIssue(settings)],
    ({ database }, has) => {
        if (database.kind !== "external") {
            return [
                database.kind === "cloudnativepg" &&
                    has("databasePassword") &&
                    issue(
                        "databasePassword",
                        "is set, but CloudNativePG generates the password. Remove it, or choose another keep:database.kind",
                    ),
                has("databaseUrl") &&
                    issue(
                        "databaseUrl",
                        `is set, but the database is ${database.kind}. Remove it, or set keep:database.kind to external`,
                    ),
                database.kind === "sqlite" &&
                    has("databasePassword") &&
                    issue(
                        "databasePassword",
                        "is set, but SQLite has no password. Remove it, or choose another keep:database.kind",
                    ),
            ];
        }
        const isByParts = hasParts(database);
        const ways = [has("databaseUrl"), database.urlSecret !== undefined, isByParts].filter(Boolean).length;
        const hasPassword = has("databasePassword") || database.passwordSecret !== undefined;
        return [
            ways !== 1 &&
                issue(
                    "database",
                    ways === 0
                        ? "has no address. Set keep:databaseUrl, keep:database.urlSecret or keep:database.host"
                        : "has more than one address. Keep one of keep:databaseUrl, keep:database.urlSecret and keep:database.host",
                ),
            ...secretPartIssues(database),
            database.tls !== undefined &&
                !isByParts &&
                issue(
                    "database.tls",
                    "is set, but the address is a complete URL. Add the TLS parameters to the URL, or use keep:database.host",
                ),
            ...(isByParts ? [] : unusedIssues(database)),
            database.tls?.ca !== undefined &&
                database.engine === "sqlserver" &&
                issue(
                    "database.tls.ca",
                    "is set, but the driver of SQL Server trusts only the certificates in its image. Remove it, and add the authority to keep:backend.image",
                ),
            database.host !== undefined &&
                !hasPassword &&
                issue("database.host", "has no password. Set keep:databasePassword, or keep:database.passwordSecret", {
                    value: database.host,
                    secretKey: "databasePassword",
                }),
        ];
    },
];

/** The issue of a host of a managed service that Keep cannot use. */
function hostIssue(database: DatabaseConfig): Issue | false {
    if (database.kind !== "external") {
        return false;
    }
    const { engine, host, parameters, port, portSecret, tls, user, userSecret } = database;
    const usual = engines[engine].port;
    const reason = managedHostFault(MANAGED_DATABASES, {
        engine,
        host,
        isDefaultPort: portSecret === undefined && (port ?? usual) === usual,
        isPlain: engine === "mysql" && tls === undefined && isPlainInPymysql(Object.keys(parameters)),
        options: parameters.options,
        port: portSecret === undefined ? port : undefined,
        user: userSecret === undefined ? user : undefined,
    });
    return reason !== undefined && issue("database.host", reason, { value: host });
}

/** The issue of a host whose certificate the driver would reject. An image or mounts of the user may contain its authority. */
function authorityIssue({ backend, database, extraCa }: Settings): Issue | false {
    if (database.kind !== "external" || hasOwnTrust(backend)) {
        return false;
    }
    const { host, tls } = database;
    const reason = authorityFault(host, { ...database, hasExtraCa: extraCa !== undefined });
    return reason !== undefined && issue("database.host", `${reason}. ${authorityFix(tls)}`, { value: host });
}

/**
 * The same condition on the host in `keep:databaseUrl`.
 * @param url the secret, which is not known if it is an Output
 */
export function urlAuthorityRules(url: unknown): Rule<Settings>[] {
    return [
        ({ backend, database }) => {
            if (database.kind !== "external" || hasParts(database) || typeof url !== "string" || hasOwnTrust(backend)) {
                return [];
            }
            const { engine } = database;
            const reason = authorityFault(placeOf(url)[0], {
                engine,
                hasExtraCa: false,
                parameters: parametersOfUrl(url),
            });
            const fix = `Mount its authority in keep:backend.volumeMounts, and name the file in ${engine === "mysql" ? "ssl_ca" : "sslrootcert"}; or use keep:database.host with keep:database.tls.ca`;
            return [reason !== undefined && issue("databaseUrl", `has a host that ${reason}. ${fix}`)];
        },
    ];
}

/** Issues of parts of an address in existing Secrets: each part is set once, and the password is in a Secret too. */
function secretPartIssues(database: ExternalDatabaseConfig): (Issue | false)[] {
    const { host, hostSecret, passwordSecret, port, portSecret } = database;
    const used = SECRET_PARTS.filter((part) => database[part] !== undefined);
    return [
        host !== undefined &&
            hostSecret !== undefined &&
            issue("database.hostSecret", "is set, and so is keep:database.host. Keep one of them"),
        port !== undefined &&
            portSecret !== undefined &&
            issue("database.portSecret", "is set, and so is keep:database.port. Keep one of them"),
        ...used.map((part) => {
            if (!hasParts(database)) {
                return issue(`database.${part}`, `${UNUSED}. Remove it, or use keep:database.host or hostSecret`);
            }
            return (
                passwordSecret === undefined &&
                issue(`database.${part}`, "needs the password in a Secret too. Set keep:database.passwordSecret")
            );
        }),
    ];
}

const SECRET_PARTS = ["hostSecret", "nameSecret", "portSecret", "userSecret"] as const;

/** Issues of a password, a port and parameters that are set in addition to a complete URL. */
function unusedIssues({ parameters, passwordSecret, port }: ExternalDatabaseConfig): (Issue | false)[] {
    return [
        passwordSecret !== undefined &&
            issue("database.passwordSecret", `${UNUSED}. Write the password into the URL, or use keep:database.host`),
        port !== undefined && issue("database.port", `${UNUSED}. Add the port to the URL, or use keep:database.host`),
        Object.keys(parameters).length > 0 &&
            issue("database.parameters", `${UNUSED}. Add them to the URL, or use keep:database.host`),
    ];
}

const UNUSED = "is set, but the address is a complete URL";
